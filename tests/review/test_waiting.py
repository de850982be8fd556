"""What waits for a reviewer, as it grows."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page

from home.models import StandardPage

pytestmark = pytest.mark.django_db


def send(number: int, below: Page, name: str) -> None:
    """Have further pages wait."""
    for count in range(number):
        page = below.add_child(instance=StandardPage(title=f"{name} {count}", live=False))
        page.save_revision()
        page.get_workflow().start(page, get_user_model().objects.get(username="eu-editor"))


def waiting(client) -> LexborHTMLParser:
    return LexborHTMLParser(client.get("/admin/").text).css_first("#work-waiting")


def test_more_that_waits_takes_no_more_queries_and_is_counted(eu_legal, eu_home, us_home):
    send(2, eu_home, "Few")
    with CaptureQueriesContext(connection) as few:
        assert len(waiting(eu_legal).css("li")) == 2
    send(23, eu_home, "Many")
    send(1, us_home, "Elsewhere")
    with CaptureQueriesContext(connection) as many:
        shown = waiting(eu_legal)
    assert shown.css_first(".work-count").text() == "25"
    assert "Elsewhere" not in shown.text()
    assert len(many) <= len(few) + 2

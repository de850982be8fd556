"""An address in capitals, or with the prefix of the language that has none, leads to its page."""

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("/EU/", "/eu/"),
        ("/Eu/Therapies/", "/eu/therapies/"),
        ("/en/eu/", "/eu/"),
        ("/EN/EU/therapies/", "/eu/therapies/"),
        ("/DE/eu/", "/de/eu/"),
        ("/de/EU/", "/de/eu/"),
        ("/en/", "/"),
        ("/EU/?a=B", "/eu/?a=B"),
    ],
)
def test_another_spelling_leads_to_the_page(asked, target):
    answer = Client().get(asked)
    assert (answer.status_code, answer.headers["Location"]) == (301, target)
    assert answer.headers["Cache-Control"] == "max-age=3600"
    assert Client().get(target).status_code == 200


@pytest.mark.parametrize("asked", ["/EU/nowhere/", "/en/nowhere/", "/DE/nowhere/", "/ADMIN/x/"])
def test_what_is_no_page_in_any_spelling_stays_none(asked):
    assert Client().get(asked).status_code == 404


def test_a_draft_or_a_private_page_is_not_told_of():
    page = Page.objects.get(url_path__endswith="/eu/about/", locale__language_code="en")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert Client().get("/EU/About/").status_code == 404
    PageViewRestriction.objects.all().delete()
    assert Client().get("/EU/About/").status_code == 301
    page.unpublish()
    assert Client().get("/EU/About/").status_code == 404


def test_only_what_reads_is_led_on():
    assert Client().post("/EU/").status_code == 404

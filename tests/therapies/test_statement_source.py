"""A page is found by the statements that it has to show, in its region, as long as they are in force."""

import re

import pytest
from django.test import Client
from wagtail.models import Locale

from home.models import Region, SearchDocument
from region_gate import clock
from therapies.models import Statement, StatementPlace, StatementText

pytestmark = pytest.mark.django_db

RESULT = re.compile(r'<h2 class="entries-title"><a href="([^"]+)">')


def found(query: str, home: str = "/eu/") -> list[str]:
    return RESULT.findall(Client().get(f"{home}search/", {"q": query}).text)


def state(region: Region, place: StatementPlace, words: str, **more) -> Statement:
    """Publish a statement that says `words` in each language of `region`."""
    statement = Statement(region=region, place=place, live=False, **more)
    spoken = Locale.objects.filter(language_code__in=["en", "de", "fr"] if region.code == "eu" else ["en"])
    statement.texts.set([StatementText(locale=one, words=f"<p>{words}</p>") for one in spoken])
    statement.save()
    statement.save_revision().publish()
    return Statement.objects.get(pk=statement.pk)


def test_a_statement_in_the_footer_is_found_by_the_contact_page(eu):
    state(eu, StatementPlace.FOOTER, "Tell the zebra agency.", country="DE")
    assert found("zebra") == ["/eu/contact/"]
    assert found("zebra", "/us/") == []


def test_a_statement_on_a_product_is_found_by_the_page_of_the_product(us):
    state(us, StatementPlace.PRODUCT, "Only for zebras.")
    assert found("zebra", "/us/") == ["/us/sir-spheres/"]


def test_a_statement_that_is_not_in_force_is_not_found(eu):
    statement = state(eu, StatementPlace.FOOTER, "Tell the zebra agency.")
    statement.withdrawn_on = clock.today()
    statement.save_base(raw=True)
    assert found("zebra") == []
    statement.unpublish()
    assert not SearchDocument.objects.filter(source="statement", text__contains="zebra").exists()

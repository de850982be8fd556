"""The way from a region's home page, above the heading of each page below it."""

import json
import re

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import PageViewRestriction

from home.models import StandardPage

pytestmark = pytest.mark.django_db
TREATMENT = "/eu/therapies/liver-metastases-colorectal-cancer/"


def trail(address: str, client: Client | None = None) -> list[tuple[str, str | None]]:
    """Return the words and the address of each step at `address`."""
    page = LexborHTMLParser((client or Client()).get(address).text)
    steps = page.css("main nav.breadcrumbs li > *")
    return [(step.text(strip=True), step.attributes.get("href")) for step in steps]


def test_each_step_leads_back_and_the_last_one_is_the_page():
    assert trail(TREATMENT) == [
        ("Europe", "/eu/"),
        ("Therapies", "/eu/therapies/"),
        ("How to treat liver metastases from colorectal cancer?", None),
    ]
    page = LexborHTMLParser(Client().get(TREATMENT).text)
    assert page.css_first(".breadcrumbs [aria-current=page]").text() == page.css_first("h1").text()
    assert page.css_first("nav.breadcrumbs").attributes["aria-label"]


def test_the_way_is_in_the_language_of_the_page():
    assert trail("/de/eu/about/") == [("Europa", "/de/eu/"), ("Über uns", None)]


@pytest.mark.parametrize(
    ("address", "title"),
    [("/eu/search/?q=liver", "Search"), ("/eu/regions/", "Change region"), ("/fr/ca/a-z/", "De A à Z")],
)
def test_what_a_region_answers_itself_has_a_way_back(address, title):
    (home, _address), (here, nowhere) = trail(address)
    assert (here, nowhere) == (title, None)
    assert home in ("Europe", "Canada")


@pytest.mark.parametrize(
    "address", ["/", "/de/", "/eu/", "/fr/ca/", "/country/", "/nothing/", "/eu/nothing/"]
)
def test_where_no_way_leads_from_a_home_page_none_is_shown(address):
    assert trail(address) == []


def test_pages_between_that_visitors_are_not_shown_are_left_out(eu_home):
    about = StandardPage.objects.child_of(eu_home).get(slug="about")
    below = about.add_child(instance=StandardPage(title="Below", slug="below"))
    assert [words for words, _address in trail(below.url)] == ["Europe", "About us", "Below"]
    StandardPage._base_manager.filter(pk=about.pk).update(live=False)
    assert [words for words, _address in trail(below.url)] == ["Europe", "Below"]


def test_a_private_home_page_is_not_led_to(eu_home, administrator):
    PageViewRestriction.objects.create(page=eu_home, restriction_type="login")
    assert [words for words, _address in trail("/eu/about/", administrator)] == ["About us"]


def test_search_engines_are_told_the_same_way():
    text = Client().get(TREATMENT).text
    said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
    items = said["breadcrumb"]["itemListElement"]
    assert [item["name"] for item in items] == [words for words, _address in trail(TREATMENT)]


def test_a_draft_stands_where_it_will(eu_editor, english):
    revision = english.save_revision()
    address = f"/admin/pages/{english.pk}/revisions/{revision.pk}/view/"
    assert [words for words, _address in trail(address, eu_editor)] == ["Europe", "About us"]

"""Every kind of page that visitors meet is HTML without an error, in each language."""

import json
import re
from collections.abc import Iterator
from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Locale, Page

from home.models import RegionHomePage, StandardPage
from review.endings.taking_down import take_down
from tests.home.blocks_in_preview import BLOCKS, stored

from .nu_checker import errors_in, missing

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(bool(missing()), reason=missing())]

LANGUAGES = ["", "/de", "/fr"]
OF_A_REGION = [
    "a-z/",
    "regions/",
    "search/",
    "search/?q=Leber",
    "search/?q=livr",
    "search/?q=zzzz",
    "nowhere/",
]
OF_THE_SELECTOR = [
    "country/",
    "country/?q=united",
    "country/?q=zzzz",
    "country/de/",
    "country/jp/",
    "nowhere/",
]
TREATMENT = "/eu/therapies/liver-metastases-colorectal-cancer/"
DOCUMENT = '<!doctype html><html lang="en"><head><title>A page</title></head><body>{}</body></html>'
AMERICAN = {"Accept-Language": "en-US"}


@pytest.fixture
def visitor() -> Client:
    """A visitor, who gets error pages."""
    return Client(raise_request_exception=False)


def listed(client: Client) -> list[str]:
    return re.findall("<loc>http://[^/]*(.*?)</loc>", client.get("/sitemap.xml").text)


def crossings(client: Client, language: str) -> Iterator[str]:
    """Give the addresses of a notice of each kind."""
    page = LexborHTMLParser(client.get(f"{language}{TREATMENT}").text)
    for kind in ("cross-region", "third-party"):
        link = page.css_first(f"main a[data-crossing='{kind}']")
        assert link
        yield link.attributes["href"] or ""


def test_the_checker_names_the_page_that_has_an_error(tmp_path):
    (found,) = errors_in({"sound": DOCUMENT.format("<p>A</p>"), "odd": DOCUMENT.format("<p></i>")}, tmp_path)
    assert found.startswith("odd, line 1: ")


def test_all_pages_of_the_demo(client, tmp_path):
    addresses = listed(client)
    assert len(addresses) > 50
    assert errors_in({address: client.get(address).text for address in addresses}, tmp_path) == []


def test_what_regions_and_selectors_answer_themselves(client, tmp_path):
    addresses = [f"{language}/{part}" for language in LANGUAGES for part in OF_THE_SELECTOR]
    addresses += [f"{language}/eu/{part}" for language in LANGUAGES for part in OF_A_REGION]
    addresses += [notice for language in LANGUAGES for notice in crossings(client, language)]
    assert errors_in({address: client.get(address).text for address in addresses}, tmp_path) == []


def test_a_page_with_every_block(client, eu_home, tmp_path):
    body = json.dumps([{"type": name, "value": stored(name)} for name in BLOCKS])
    page = eu_home.add_child(instance=StandardPage(title="All of them", slug="all", body=body))
    assert errors_in({page.url: client.get(page.url).text}, tmp_path) == []


def test_the_offer(client, tmp_path):
    page = Page.objects.get(url_path=f"/regions{TREATMENT}")
    panel = client.get("/eu/regions/offer/", {"page": page.pk}, headers=AMERICAN).text
    assert "United States" in panel
    assert errors_in({"offer": DOCUMENT.format(panel)}, tmp_path) == []


def test_a_page_in_a_language_without_it(client, eu_home, tmp_path):
    page = eu_home.add_child(instance=StandardPage(title="Zebra", slug="zebra"))
    assert (
        errors_in({"404": client.get(f"/de{page.url}").text, "404, ca": client.get("/de/ca/").text}, tmp_path)
        == []
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_error_pages(visitor, tmp_path, language):
    locale = Locale.objects.get(language_code=language.strip("/") or "en")
    about = StandardPage.objects.get(url_path__endswith="/eu/about/", locale=locale)
    take_down(about, get_user_model().objects.get(username="eu-legal"), "A mistake.")
    found = {410: visitor.get(f"{language}/eu/about/")}
    for status, error in ((400, SuspiciousOperation()), (403, PermissionDenied()), (500, ValueError())):
        with mock.patch.object(RegionHomePage, "serve", side_effect=error):
            found[status] = visitor.get(f"{language}/eu/")
    with connection.execute_wrapper(_no_answer):
        found[503] = visitor.get(f"{language}/eu/")
        kept = visitor.post("/admin/snippets/therapies/topic/add/", {"name": '<b>&"', "a": "two\nlines"})
    assert {status: answer.status_code for status, answer in found.items()} == {
        status: status for status in found
    }
    assert kept.status_code == 503
    documents = {str(status): answer.text for status, answer in found.items()}
    assert errors_in({**documents, "503 over a form": kept.text}, tmp_path) == []


def _no_answer(*told: object) -> None:
    raise OperationalError("no answer")

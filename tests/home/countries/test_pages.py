"""From the selector to one's country: what visitors are shown, and told where no region covers it."""

import pytest
from django.test import Client

from home.models import RegionHomePage, RegionSelectorPage

pytestmark = pytest.mark.django_db


def links_of(html: str) -> str:
    """Return the part of a page that is its own."""
    return html.partition("<main")[2].partition("</main>")[0]


def test_the_selector_lists_every_country_by_continent(client: Client):
    page = client.get("/").content.decode()
    assert page.count("data-names=") == 249
    assert '<a href="/country/jp/">Japan</a>' in page
    assert "<p>Canada</p>" in page  # a region of one country names it, too
    assert '<a href="/fr/country/de/">Allemagne</a>' in client.get("/fr/").content.decode()


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/country/?q=germany", "/country/de/"),
        ("/de/country/?q=Japan", "/de/country/jp/"),
        ("/fr/country/?q=USA", "/fr/country/us/"),
    ],
)
def test_what_one_country_is_called_leads_there(client: Client, address, leads_to):
    answer = client.get(address)
    assert (answer.status_code, answer.url) == (302, leads_to)


@pytest.mark.parametrize("query", ["united", "zzz", "", "\x00", "<script>", "x" * 5000])
def test_what_several_or_none_are_called_shows_a_list(client: Client, query):
    answer = client.get("/country/", {"q": query})
    assert answer.status_code == 200
    assert "<script>" not in links_of(answer.content.decode())


def test_a_country_of_a_region_leads_on_in_its_own_language_first(client: Client):
    page = links_of(client.get("/country/de/").content.decode())
    assert page.index('href="/de/eu/"') < page.index('href="/eu/"')
    page = links_of(client.get("/country/fr/").content.decode())
    assert page.index('href="/fr/eu/"') < page.index('href="/de/eu/"')
    assert "data-crossing" not in page


def test_canada_leads_to_canada_alone(client: Client):
    page = links_of(client.get("/country/ca/").content.decode())
    assert 'href="/ca/"' in page
    assert "/eu/" not in page


def test_a_country_of_no_region_is_told_so_in_legals_words(client: Client):
    selector = RegionSelectorPage.objects.get(locale__language_code="en")
    selector.elsewhere = "<p>Ask <b>us</b> first.</p>"
    selector.save()
    page = links_of(client.get("/country/jp/").content.decode())
    assert "None of our regions covers Japan." in page
    assert "<p>Ask <b>us</b> first.</p>" in page
    assert "<b>us</b>" not in links_of(client.get("/country/de/").content.decode())


def test_a_region_that_is_not_live_is_not_offered(client: Client):
    for home in RegionHomePage.objects.filter(slug="ca"):
        home.unpublish()
    assert "None of our regions covers Canada." in client.get("/country/ca/").content.decode()


@pytest.mark.parametrize("code", ["DE", "zz", "d", "deu", "eu"])
def test_what_is_no_countrys_code_is_not_found(client: Client, code):
    assert client.get(f"/country/{code}/").status_code in (301, 404)


@pytest.mark.parametrize(
    ("header", "languages", "code"),
    [
        ("", "de-AT,de;q=0.9", "AT"),
        ("", "en,fr-CA;q=0.8", "CA"),
        ("", "zh-Hant-TW", "TW"),
        ("JP", "de-AT", "JP"),
        ("XX", "de-AT", "AT"),
        ("T1", "", None),
        ("", "en", None),
        ("", "en-US-posix, ;;,", None),
    ],
)
def test_the_country_is_suggested(client: Client, settings, header, languages, code):
    settings.COUNTRY_HEADER = "CF-IPCountry"
    answer = client.get(
        "/de/country/suggested/", headers={"CF-IPCountry": header, "Accept-Language": languages}
    )
    country = answer.json()["country"]
    assert (country and country["code"]) == code
    assert answer.headers["Cache-Control"] == "private, no-store"
    if country:
        assert country["url"] == f"/de/country/{code.lower()}/"


def test_nobody_else_names_the_country_where_no_header_is_set(client: Client):
    answer = client.get("/country/suggested/", headers={"CF-IPCountry": "JP", "Accept-Language": "en"})
    assert answer.json() == {"country": None}


def test_the_selector_is_the_same_for_everybody(client: Client, settings):
    settings.COUNTRY_HEADER = "CF-IPCountry"
    shown = {client.get("/", headers={"CF-IPCountry": code}).content for code in ("DE", "JP")}
    assert len(shown) == 1

"""The region selector and the regions' home pages, at their addresses."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from home.models import RegionHomePage, RegionSelectorPage
from therapies.models import TherapyIndexPage, TherapyPage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "language", "title"),
    [
        ("/", "en", "Choose your region"),
        ("/de/", "de", "Wählen Sie Ihre Region"),
        ("/fr/", "fr", "Choisissez votre région"),
        ("/us/", "en", "United States"),
        ("/eu/", "en", "Europe"),
        ("/de/eu/", "de", "Europa"),
        ("/fr/ca/", "fr", "Canada"),
        ("/eu/therapies/", "en", "Therapies"),
        ("/de/eu/therapies/", "de", "Therapien"),
        ("/eu/regions/", "en", "Change region"),
        ("/eu/search/", "en", "Search"),
    ],
)
def test_each_address_shows_its_page_in_its_language(client, address, language, title):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Language"] == language
    assert f'<html lang="{language}"' in response.text
    assert title in response.text


def test_the_selector_lists_each_region_in_each_of_its_languages(client):
    page = client.get("/").text
    for home in RegionHomePage.objects.all():
        assert f'href="{home.url}"' in page


@pytest.mark.parametrize("address", ["/nowhere/", "/eu/nowhere/", "/eu/therapies/x/", "/de/us/"])
def test_an_address_without_a_page_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_home_page_has_its_regions_code_as_slug(us_home):
    us_home.slug = "america"
    us_home.full_clean()
    assert us_home.slug == "us"


def test_a_second_home_in_one_language_is_refused(eu):
    selector = RegionSelectorPage.objects.get(locale__language_code="en")
    with pytest.raises(ValidationError, match="already has a home page in this language"):
        selector.add_child(instance=RegionHomePage(title="Europe again", region=eu))


def test_a_home_page_cannot_change_its_region(eu, us):
    german = eu.home_pages.get(locale__language_code="de")
    german.region = us
    with pytest.raises(ValidationError, match="cannot change its region"):
        german.save()


def test_a_home_page_stands_nowhere_but_below_its_selector(eu_home, us_home):
    german_selector = RegionSelectorPage.objects.get(locale__language_code="de")
    assert not eu_home.can_move_to(german_selector)
    assert not eu_home.can_move_to(us_home)
    assert not RegionHomePage.can_create_at(eu_home)


def test_a_second_selector_in_one_language_is_refused():
    with pytest.raises(ValidationError, match="already a region selector"):
        Page.get_first_root_node().add_child(instance=RegionSelectorPage(title="Another"))


@pytest.mark.parametrize("address", ["/eu/", "/"])
def test_copying_a_home_page_or_a_selector_is_refused_with_the_reason(administrator, address):
    homes = RegionHomePage.objects.filter(slug="eu")
    page = homes.first() if address == "/eu/" else RegionSelectorPage.objects.first()
    before = Page.objects.count()
    answer = administrator.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk},
        follow=True,
    )
    assert "cannot be copied" in answer.text
    assert Page.objects.count() == before


def test_a_region_is_added_without_a_deployment(administrator, client):
    administrator.post(
        reverse("regions:add"),
        {"code": "jp", "name": "Japan", "languages": ["en"], "countries": ["JP"], "order": 9},
    )
    RegionHomePage.objects.get(slug="jp").get_latest_revision().publish()
    assert client.get("/jp/").status_code == 200
    assert 'href="/jp/"' in client.get("/").text


def test_a_region_on_its_own_host_is_served_there(client, eu_home):
    from wagtail.models import Site

    Site.objects.create(hostname="eu.example.com", root_page=eu_home)
    page = client.get("/therapies/", headers={"host": "eu.example.com"})
    assert page.status_code == 200
    assert client.get("/de/therapies/", headers={"host": "eu.example.com"}).status_code == 200


def test_a_region_of_one_language_is_not_served_under_another_on_its_own_host(client, us_home):
    from wagtail.models import Site

    Site.objects.create(hostname="us.example.com", root_page=us_home)
    assert client.get("/", headers={"host": "us.example.com"}).status_code == 200
    assert client.get("/de/", headers={"host": "us.example.com"}).status_code == 404


@pytest.mark.parametrize("query", ["", "liver", '"', "*", "AND OR NOT", "%", "a" * 5000, "\x00"])
def test_search_answers_any_query(client, query):
    assert client.get("/eu/search/", {"q": query}).status_code == 200


def test_search_finds_pages_of_its_own_region_and_language_only(client):
    found = client.get("/de/eu/search/", {"q": "Lebermetastasen"}).text
    assert "/de/eu/therapies/liver-metastases-colorectal-cancer/" in found
    assert "/fr/ca/therapies/" not in found


def test_locales_are_those_of_the_demo():
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"en", "de", "fr"}


def languages_of(address: str) -> dict[str, str]:
    """Return where the links to the languages of the page at `address` lead."""
    found = re.search(r'<nav class="languages".*?</nav>', Client().get(address).text, re.DOTALL)
    return dict(re.findall(r'<a href="([^"]*)" lang="([a-z]+)"', found[0])) if found else {}


def test_a_language_without_the_page_is_led_to_the_nearest_page_above_it(eu_home):
    index = TherapyIndexPage.objects.child_of(eu_home).get()
    page = TherapyPage.objects.child_of(index).live().first()
    german = page.get_translation(Locale.objects.get(language_code="de"))
    index_in_german = german.get_parent()
    assert german.url in languages_of(page.url)
    german.unpublish()
    assert f"{index_in_german.url}#nearest" in languages_of(page.url)
    assert f"– {index_in_german.title}</span>" in Client().get(page.url).text
    assert f'href="http://localhost{index_in_german.url}"' not in Client().get(page.url).text  # no alternate
    index_in_german.unpublish()
    assert "/de/eu/#nearest" in languages_of(page.url)


def test_the_nearest_page_says_that_it_is_not_the_page_itself(eu_home):
    assert 'id="nearest"' in Client().get(eu_home.url).text
    assert 'id="nearest"' not in Client().get("/eu/about/").text  # nothing is below it


@pytest.mark.parametrize("part", ["", "regions/", "search/", "a-z/"])
def test_what_a_region_answers_itself_leads_to_the_same_in_other_languages(eu_home, part):
    links = languages_of(f"{eu_home.url}{part}")
    assert links == {f"/eu/{part}": "en", f"/de/eu/{part}": "de", f"/fr/eu/{part}": "fr"}
    assert all(Client().get(link).status_code == 200 for link in links)


def test_a_country_is_the_same_in_other_languages():
    assert languages_of("/country/jp/") == {
        "/country/jp/": "en",
        "/de/country/jp/": "de",
        "/fr/country/jp/": "fr",
    }

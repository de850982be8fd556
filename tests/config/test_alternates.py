"""Which addresses say the same for people of other languages and countries, as the sitemap lists them."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from config.alternates import hreflang
from home.models import RegionHomePage, StandardPage
from tests.conftest import TOPIC
from therapies.models import TherapyPage

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
HOST = "http://localhost"


@pytest.fixture
def alternates() -> dict[str, dict[str, str]]:
    """The alternates of each address of the sitemap, by language and country."""
    sitemap = Client().get("/sitemap.xml", headers={"host": "localhost"}).content
    listed = ElementTree.fromstring(sitemap)  # noqa: S314 - our own
    return {
        url.findtext(f"{SITEMAP}loc"): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall(f"{XHTML}link")
        }
        for url in listed.findall(f"{SITEMAP}url")
    }


@pytest.mark.parametrize(
    ("language", "country", "tag"),
    [
        ("en", "", "en"),
        ("de", "AT", "de-AT"),
        ("zh-hans", "TW", "zh-Hans-TW"),
        ("zh-hant", "", "zh-Hant"),
        ("pt-br", "", "pt-BR"),
        ("pt-br", "PT", "pt-PT"),
        ("es", "419", "es-419"),
    ],
)
def test_a_tag_names_a_language_and_a_country(language, country, tag):
    assert hreflang(language, country) == tag


def test_each_country_of_each_region_has_its_entry(alternates):
    links = alternates[f"{HOST}/de/eu/"]
    for home in RegionHomePage.objects.live().select_related("region", "locale"):
        for country in home.region.countries:
            assert links[f"{home.locale.language_code}-{country.code}"] == f"{HOST}{home.url}"


def test_the_selectors_are_among_the_homes_and_for_whoever_is_none_of_these(alternates):
    links = alternates[f"{HOST}/us/"]
    assert links["x-default"] == links["en"] == f"{HOST}/"
    assert links["fr"] == f"{HOST}/fr/"
    assert alternates[f"{HOST}/"] == links


def test_the_pages_about_one_topic_are_alternates_in_all_regions(alternates):
    page = TherapyPage.objects.live().get(url_path__contains="/us/", topic__slug=TOPIC)
    links = alternates[page.full_url]
    others = TherapyPage.objects.live().filter(topic=page.topic)
    assert others.count() > 3
    assert {*links.values()} == {f"{HOST}/", *(other.full_url for other in others)}


def test_a_page_of_one_region_has_its_translations_alone(alternates, eu_home):
    about = StandardPage.objects.child_of(eu_home).get(slug="about")
    family = StandardPage.objects.live().filter(translation_key=about.translation_key)
    assert {*alternates[about.full_url].values()} == {f"{HOST}/", *(page.full_url for page in family)}


def test_whoever_names_an_alternate_is_named_by_it(alternates):
    for address, links in alternates.items():
        assert address in links.values()
        for tag, other in links.items():
            if tag != "x-default":  # the selector stands for all that has no page for somebody
                assert address in alternates[other].values(), (address, other)


def test_a_region_without_countries_is_for_its_languages(us_home):
    us_home.region.countries = []
    us_home.region.save()
    listed = Client().get("/sitemap.xml", headers={"host": "localhost"}).text
    assert f'hreflang="en" href="{HOST}{us_home.url}"' not in listed  # the selector has English already
    assert f"<loc>{HOST}{us_home.url}</loc>" in listed

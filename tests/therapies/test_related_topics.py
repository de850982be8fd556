"""Where readers of a treatment page go on: other topics of the region, and the same one in other regions."""

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page, PageViewRestriction

from tests.conftest import TOPIC
from therapies.models import Publication, TherapyPage, Topic

pytestmark = pytest.mark.django_db
PLACE = "therapies/liver-metastases-colorectal-cancer/"


def tree(address: str) -> LexborHTMLParser:
    return LexborHTMLParser(Client().get(address).text)


def related(address: str) -> list[str]:
    """Return the addresses of the related topics on the page at `address`."""
    links = tree(address).css("nav[aria-labelledby=related-heading] a")
    return [link.attributes["href"] for link in links]


def elsewhere(address: str) -> dict[str, list[str]]:
    """Return what the page at `address` says of other regions: by their names, the languages of the links."""
    rows = tree(address).css(".elsewhere-regions li")
    return {
        row.css_first(".elsewhere-region").text(): [link.attributes["hreflang"] for link in row.css("a")]
        for row in rows
    }


@pytest.fixture
def treatment(eu_home) -> TherapyPage:
    """The European page about the treatment of metastases, in English."""
    return TherapyPage.objects.descendant_of(eu_home).get(topic__slug=TOPIC)


def add_topic(home, slug: str, **more) -> TherapyPage:
    """Add a live page about a new topic below `home`."""
    topic, _is_new = Topic.objects.get_or_create(name=slug, slug=slug)
    index = Page.objects.child_of(home).get(slug="therapies").specific
    return index.add_child(
        instance=TherapyPage(title=slug, slug=slug, topic=topic, locale=home.locale, **more)
    )


def test_a_topic_leads_to_at_most_four_others_of_its_region_and_language(eu_home, us_home):
    for number in range(6):
        add_topic(eu_home, f"new-{number}")
    add_topic(us_home, "american")
    found = related(f"/eu/{PLACE}")
    assert len(found) == len({*found}) == 4
    assert all(address.startswith("/eu/therapies/") for address in found)
    assert f"/eu/{PLACE}" not in found
    assert all(address.startswith("/de/eu/") for address in related(f"/de/eu/{PLACE}"))


def test_topics_that_name_the_same_product_come_first(eu_home):
    last = add_topic(eu_home, "last", intro="<p>On SIR-Spheres.</p>")
    assert related(f"/eu/{PLACE}")[0] == last.url
    assert related("/eu/sir-spheres/") == [f"/eu/{PLACE}", last.url]


def test_a_page_that_visitors_are_not_shown_is_no_way_on(eu_home, us_home):
    draft, private = add_topic(eu_home, "draft", live=False), add_topic(eu_home, "private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert not {draft.url, private.url} & {*related(f"/eu/{PLACE}")}
    PageViewRestriction.objects.create(page=us_home, restriction_type="login")
    assert "United States" not in elsewhere(f"/eu/{PLACE}")


def test_the_topic_is_offered_in_each_language_of_the_other_regions():
    assert elsewhere(f"/eu/{PLACE}") == {
        "United States": ["en"],
        "Asia Pacific": ["en"],
        "Canada": ["en", "fr"],
    }
    assert [*elsewhere(f"/us/{PLACE}")] == ["Europe", "Asia Pacific", "Canada"]


def test_each_of_these_links_meets_the_notice():
    links = tree(f"/eu/{PLACE}").css(".elsewhere a")
    assert links
    assert {link.attributes["data-crossing"] for link in links} == {"cross-region"}


def test_other_pages_have_no_topic_elsewhere():
    for address in ("/eu/sir-spheres/", "/eu/clinical-evidence/", "/eu/about/"):
        assert elsewhere(address) == {}


def test_a_page_whose_topic_stands_in_one_region_only_says_nothing_of_others(eu_home):
    assert elsewhere(add_topic(eu_home, "only-here").url) == {}


def test_the_record_holds_nothing_of_it(treatment):
    treatment.save_revision().publish()
    kept = Publication.objects.chain(treatment.pk).last().html
    assert "On this page" in kept
    assert "data-drawn" not in kept
    assert "ways-on" not in kept.partition("<body")[2]

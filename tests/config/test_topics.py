"""A cross-region notice offers the destination's topic in the region that is left, where that has it."""

import pytest
from django.db.models import QuerySet
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Page, PageViewRestriction, Site

from config.topics import same_topic
from region_gate.notices.alternatives import Alternative
from tests.conftest import CONTENT, TOPIC
from therapies.models import TherapyPage, Topic

pytestmark = pytest.mark.django_db

TITLE = "How to treat liver metastases from colorectal cancer?"
US_THERAPY = "/us/therapies/liver-metastases-colorectal-cancer/"
EU_THERAPY = "/eu/therapies/liver-metastases-colorectal-cancer/"
ABOUT = {"en": "/eu/about/", "de": "/de/eu/about/"}


def about(language: str) -> Page:
    (page,) = Page.objects.filter(url_path__endswith="/eu/about/", locale__language_code=language)
    return page.specific


@pytest.fixture
def notice(client):
    """Return what follows a link from the European "About us" to an address, and gives the notice page."""

    def follow(href: str, language: str = "en") -> LexborHTMLParser:
        page = about(language)
        page.intro = f'<p><a href="{href}">There</a></p>'
        page.save_revision().publish()
        link = LexborHTMLParser(client.get(ABOUT[language]).text).css_first("main a[data-crossing]")
        return LexborHTMLParser(client.get(link.attributes["href"]).text)

    return follow


def offer(page: LexborHTMLParser) -> tuple[str, str, str] | None:
    """Return the address, the language and the title of what is offered, or None."""
    found = page.css(".gate-alternative a")
    assert len(found) <= 1
    return (*(found[0].attributes[n] for n in ("href", "lang")), found[0].text(strip=True)) if found else None


def therapy(region: str, language: str = "en") -> TherapyPage:
    found = TherapyPage.objects.filter(locale__language_code=language, topic__slug=TOPIC)
    return found.get(url_path__contains=f"/{region}/")


def test_the_same_topic_is_offered_where_the_region_has_it(notice, client):
    page = notice(US_THERAPY)
    assert offer(page) == (EU_THERAPY, "en", TITLE)
    assert "This topic in your region:" in page.css_first(".gate-alternative").text()
    assert client.get(EU_THERAPY).status_code == 200


def test_the_offer_stands_outside_the_exact_words(notice):
    page = notice(US_THERAPY)
    words = page.css_first("[data-notice='cross-region']")
    assert "\n\n".join(part.text() for part in words.css("h1, p")) + "\n" == (
        CONTENT / "cross_region_notice.txt"
    ).read_text(encoding="utf-8")
    assert not words.css("a")
    assert page.css_first("[data-dialog]").css(".gate-alternative")  # so that the dialog shows it, too


def test_the_offer_is_no_crossing(notice):
    (link,) = notice(US_THERAPY).css(".gate-alternative a")
    assert "data-crossing" not in link.attributes


def test_a_visitor_is_offered_the_page_in_their_language(notice):
    url, language, title = offer(notice(US_THERAPY, "de"))
    assert (url, language) == (f"/de{EU_THERAPY}", "de")
    assert title == therapy("eu", "de").title


def test_a_page_in_another_language_leads_to_its_topic_too(notice):
    assert offer(notice(f"/fr{US_THERAPY.replace('/us/', '/ca/')}")) == (EU_THERAPY, "en", TITLE)


def test_without_the_page_in_the_visitors_language_the_regions_first_is_offered(notice):
    therapy("eu", "de").unpublish()
    assert offer(notice(US_THERAPY, "de")) == (EU_THERAPY, "en", TITLE)


def test_a_region_that_does_not_have_the_topic_offers_nothing(notice):
    for page in TherapyPage.objects.filter(url_path__contains="/eu/"):
        page.unpublish()
    assert offer(notice(US_THERAPY)) is None


def test_a_page_about_another_topic_is_not_offered(notice):
    other = Topic.objects.create(name="Hepatocellular carcinoma", slug="hepatocellular-carcinoma")
    QuerySet(TherapyPage).filter(pk=therapy("us").pk).update(topic=other)
    assert offer(notice(US_THERAPY)) is None


def test_a_page_that_visitors_may_not_see_is_not_offered(notice):
    page = therapy("eu")
    PageViewRestriction.objects.create(page=page.page_ptr, restriction_type=PageViewRestriction.LOGIN)
    assert offer(notice(US_THERAPY))[1] == "de"


@pytest.mark.parametrize("path", ["sir-spheres/", "clinical-evidence/", "", "therapies/", "nowhere/"])
def test_what_is_no_therapy_page_has_no_topic(notice, path):
    page = notice(f"/us/{path}")
    assert page.css("[data-notice='cross-region']")
    assert offer(page) is None


@pytest.mark.parametrize(
    "href",
    [
        US_THERAPY.removesuffix("/"),
        f"{US_THERAPY}?from=eu",
        f"{US_THERAPY}#part",
        US_THERAPY.replace("liver", "%6civer"),
        f"http://localhost{US_THERAPY}",
    ],
)
def test_the_topic_is_found_however_the_address_is_written(notice, href):
    assert offer(notice(href)) == (EU_THERAPY, "en", TITLE)


def test_a_third_party_is_never_offered_against(notice, monkeypatch):
    eager = Alternative(TITLE, f"http://testserver{EU_THERAPY}", "en")
    monkeypatch.setattr("config.topics.same_topic", lambda *args: eager)
    assert offer(notice("/us/sir-spheres/"))
    page = notice(f"https://third.test{US_THERAPY}")
    assert page.css("[data-notice='third-party']")
    assert offer(page) is None


def test_a_failure_breaks_no_notice(notice, monkeypatch, caplog):
    def fail(*args):
        raise RuntimeError("A fault of ours")

    monkeypatch.setattr("config.topics.same_topic", fail)
    page = notice(US_THERAPY)
    assert page.css("[data-notice='cross-region']")
    assert page.css(".gate-continue")
    assert offer(page) is None
    assert "A fault of ours" in caplog.text


def test_a_host_of_the_region_s_that_is_not_this_site_has_no_topic(notice, us):
    us.further_hosts = "www.example.org"
    us.save()
    page = notice(f"https://www.example.org{US_THERAPY}")
    assert page.css("[data-notice='cross-region']")
    assert offer(page) is None


def test_the_topic_is_found_on_a_host_of_the_regions_own(us_home):
    Site.objects.create(hostname="us.example.com", root_page=us_home)
    found = same_topic(f"http://us.example.com{US_THERAPY.removeprefix('/us')}", "eu", "en")
    assert found.title == TITLE


@pytest.mark.parametrize(("host", "queries"), [("localhost", 3), ("elsewhere.test", 0)])
def test_the_offer_takes_three_queries_and_none_for_a_host_that_is_not_ours(
    django_assert_num_queries, host, queries
):
    Site.get_site_root_paths()  # which Wagtail keeps
    with django_assert_num_queries(queries):
        same_topic(f"http://{host}{US_THERAPY}", "eu", "en")

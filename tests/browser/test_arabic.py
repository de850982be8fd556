"""An Arabic region: the page runs from right to left, and what is foreign in it keeps its own order."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.cases import first_cases
from tests.database import database_apart

from .arabic import PHRASE, PRODUCT, SITE_LANGUAGES, TELEPHONE, TREATMENT, add_arabic_region, speaking_arabic
from .server import serving
from .test_accessibility import LOOKS, flaws_of

HOME, INDEX, SEARCH = "/ar/sa/", "/ar/sa/therapies/", "/ar/sa/search/?q=نص"
PAGES = ["/ar/", HOME, INDEX, TREATMENT, "/ar/sa/about/", "/ar/sa/regions/", SEARCH, "/ar/country/jp/"]
PAGES += ["/ar/sa/a-z/", "/ar/sa/nowhere/", "/ar/us/"]
WIDTHS = first_cases("width", [320, 1280])

# Whether the characters of a text that stand on one line come one after the other from left to right.
IN_ORDER = """(element) => {
  const places = [];
  const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    for (let at = 0; at < walk.currentNode.length; at += 1) {
      const range = document.createRange();
      range.setStart(walk.currentNode, at);
      range.setEnd(walk.currentNode, at + 1);
      const { left, top, bottom, width } = range.getBoundingClientRect();
      if (width) places.push({ left, top, bottom });
    }
  }
  const isInOrder = (one, next) => next.top > (one.top + one.bottom) / 2 || next.left > one.left;
  return places.length > 1 && places.slice(1).every((next, place) => isInOrder(places[place], next));
}"""


@pytest.fixture(scope="module")
def arabic_site(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The address of the demo's site with a region that speaks Arabic."""
    with django_db_blocker.unblock(), database_apart(), speaking_arabic():
        add_arabic_region()
        with serving(SITE_LANGUAGES=",".join(SITE_LANGUAGES)) as address:
            yield address


@pytest.fixture
def site(arabic_site) -> str:
    """Lead the tests' browser there."""
    return arabic_site


def show(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)


def left(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["x"]


@first_cases("look", LOOKS)
@WIDTHS
@pytest.mark.parametrize("address", PAGES)
def test_a_page_runs_from_right_to_left_and_axe_finds_nothing(page: Page, address, width, look):
    show(page, address, width)
    html = page.locator("html")
    expect(html).to_have_attribute("lang", "ar")
    expect(html).to_have_attribute("dir", "rtl")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert flaws_of(page, look) == []


@pytest.mark.parametrize(
    ("address", "first", "second"),
    [
        (HOME, ".wordmark", ".menu-panel"),
        (HOME, ".site-region", ".site-bar .languages"),
        (HOME, ".site-footer-contact", ".site-footer-links"),
        (HOME, ".search-form input", ".search-form button"),
        (TREATMENT, ".page-body", ".page-side"),
        ("/ar/", ".regions-about", ".regions-languages"),
    ],
)
def test_what_stands_side_by_side_is_mirrored(page: Page, address, first, second):
    show(page, address.replace("/ar/sa/therapies/liver", "/eu/therapies/liver").replace("/ar/", "/"), 1280)
    is_first_left = left(page, first) < left(page, second)
    show(page, address, 1280)
    assert (left(page, first) > left(page, second)) == is_first_left


@WIDTHS
@pytest.mark.parametrize(
    ("address", "selector", "words"),
    [
        (HOME, ".site-footer a[href^='tel:']", TELEPHONE),
        (HOME, ".site-footer a[href^='mailto:']", "sa@example.com"),
        (HOME, ".site-footer-contact bdi", "Sirtex (sample contact)"),
        (HOME, ".site-footer-contact bdi", "Sample street 1"),
        (HOME, ".site-footer-mark bdi", "© Sirtex"),
        (TREATMENT, "h2[id] bdi", PRODUCT),
        (TREATMENT, ".lead bdi", PRODUCT),
        (TREATMENT, ".lead .whole-name", "5-fluorouracil"),
        (TREATMENT, ".lead [lang=en]", PHRASE),
        (TREATMENT, ".label h3 bdi", PRODUCT),
        (TREATMENT, ".label [lang=en][dir=ltr] p", "An indication."),
        (TREATMENT, ".label-registration [lang=en][dir=ltr]", "An authority"),
        (TREATMENT, ".label-registration bdi", "SAMPLE-SA-0001"),
        (TREATMENT, ".references li bdi", "van Hazel GA et al. J Clin Oncol 2016; 34: 1723–31."),
    ],
)
def test_foreign_words_and_numbers_keep_their_order(page: Page, address, selector, words, width):
    show(page, address, width)
    found = page.locator(selector).filter(has_text=words).first
    expect(found).to_be_visible()
    assert found.evaluate(IN_ORDER)


@first_cases("look", LOOKS)
@pytest.mark.parametrize("kind", ["cross-region", "third-party"])
@WIDTHS
def test_the_notice_in_approved_english_stands_apart_on_an_arabic_page(page: Page, kind, width, look):
    show(page, TREATMENT, width)
    page.goto(page.locator(f"main a[data-crossing='{kind}']").first.get_attribute("href") or "")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    for selector in ("[data-notice]", ".gate-continue"):
        expect(page.locator(selector)).to_have_attribute("lang", "en")
        expect(page.locator(selector)).to_have_attribute("dir", "ltr")
    assert page.locator("[data-notice] h1").evaluate(IN_ORDER)
    assert page.locator(".gate-address").evaluate(IN_ORDER)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert flaws_of(page, look) == []


def test_each_language_is_named_in_its_own_direction(page: Page):
    show(page, HOME, 1280)
    expect(page.locator(".languages a[lang=en]")).to_have_attribute("dir", "ltr")
    show(page, "/", 1280)
    expect(page.locator("header .languages a[lang=ar]")).to_have_attribute("dir", "rtl")
    expect(page.locator("main a[lang=ar]").first).to_have_attribute("dir", "rtl")


def test_a_region_without_arabic_pages_is_named_in_its_own_direction(page: Page):
    show(page, "/ar/us/", 1280)
    for selector in (".site-region-name", "#footer-contact bdi", ".menu-pages ul"):
        expect(page.locator(selector)).to_have_attribute("lang", "en")
        expect(page.locator(selector)).to_have_attribute("dir", "ltr")

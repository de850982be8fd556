"""Visitors on their way: from a country or a search engine to a page, to paper, to who answers."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.cases import first_cases

from .server import serving

TOPIC = "therapies/liver-metastases-colorectal-cancer/"
SEARCH_ENGINE = "https://search.example/"
COUNTRY_HEADER = "CF-IPCountry"
MAX_TABS = 27  # as many as it once took to the contact
ZOOMED = {"width": 320, "height": 256}  # a window of 1280 by 1024 at 400 % (WCAG 2.2, 1.4.10)
FOCUSED = "() => document.activeElement?.getAttribute('href') ?? ''"


@pytest.fixture
def browser_context_args(browser_context_args, request) -> dict:
    """Leave scripts out where the test asks for both."""
    is_on = request.getfixturevalue("scripts") if "scripts" in request.fixturenames else True
    return {**browser_context_args, "java_script_enabled": is_on}


@pytest.fixture(scope="module")
def behind_a_cdn(django_db_setup) -> Iterator[str]:
    """The address of the site, which learns from a CDN where a visitor is."""
    with serving(COUNTRY_HEADER=COUNTRY_HEADER) as address:
        yield address


def go(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def write_to_us(page: Page):
    return page.get_by_role("contentinfo").get_by_role("link", name="@example.com")


@first_cases("size", [{"width": 1280, "height": 800}, ZOOMED])
def test_from_germany_to_europe_in_german_to_the_treatment_and_the_contact(page: Page, scripts, size):
    page.set_viewport_size(size)
    page.goto("/")
    field = page.get_by_role("searchbox", name="Which country do you live or work in?")
    field.fill("Deutschland")
    field.press("Enter")
    expect(page).to_have_url(re.compile("/country/de/$"))
    go(page, "Deutsch")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert fits(page)
    go(page, "Wie Lebermetastasen behandelt werden können")
    expect(page).to_have_url(re.compile(f"/de/eu/{TOPIC}$"))
    assert fits(page)
    page.get_by_role("contentinfo").get_by_role("link", name="Kontakt").click()
    expect(page).to_have_url(re.compile("/de/eu/contact/$"))
    expect(page.get_by_role("main").get_by_role("link", name="eu@example.com")).to_be_visible()
    assert fits(page)


@pytest.mark.parametrize(("words", "language", "says"), [("日本", "", "None of our regions covers Japan.")])
def test_from_japan_to_an_honest_answer(page: Page, scripts, words, language, says):
    page.goto(f"{language}/")
    field = page.get_by_role("main").get_by_role("searchbox")
    field.fill(words)
    field.press("Enter")
    expect(page).to_have_url(re.compile("/country/jp/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Japan")
    expect(page.get_by_role("main")).to_contain_text(says)
    go(page, "Choose another country or region")
    expect(page).to_have_url(re.compile("/$"))


def test_an_american_from_a_search_engine_is_offered_the_american_page(browser: Browser, behind_a_cdn: str):
    with browser.new_context(
        base_url=behind_a_cdn, locale="en", extra_http_headers={COUNTRY_HEADER: "US"}
    ) as context:
        page = context.new_page()
        page.goto(f"/eu/{TOPIC}", referer=SEARCH_ENGINE)
        page.mouse.move(200, 200)
        page.mouse.move(210, 210)
        offer = page.locator("[data-offer]")
        expect(offer).to_contain_text("United States")
        offer.get_by_role("link").click()
        expect(page.get_by_role("dialog")).to_contain_text("You are now leaving your current region")
        onwards = page.get_by_role("dialog").get_by_role("link", name="Continue", exact=True)
        expect(onwards).to_have_attribute("href", re.compile(f"/us/{TOPIC}$"))


def test_without_scripts_the_region_is_changed_from_the_header(page: Page, scripts):
    page.goto(f"/eu/{TOPIC}", referer=SEARCH_ENGINE)
    page.get_by_role("banner").get_by_role("link", name="Change region").click()
    page.locator("[data-region=us]").get_by_role("link", name="English").click()
    expect(page.locator("[data-notice=cross-region]")).to_be_visible()
    page.get_by_role("link", name="Continue", exact=True).click()
    expect(page).to_have_url(re.compile("/us/$"))


def test_a_physician_searches_reads_and_prints(page: Page, scripts, tmp_path: Path):
    page.goto("/eu/search/")
    field = page.locator("#page-search")
    field.fill("Y90 microspheres")
    field.press("Enter")
    go(page, "Y-90 resin microspheres")
    expect(page).to_have_url(re.compile("/eu/sir-spheres/"))
    expect(page.get_by_role("main")).to_contain_text("SAMPLE-EU-0001")
    page.emulate_media(media="print")
    address = page.locator("main .printed").last
    expect(address).to_be_visible()
    expect(address).to_contain_text("/eu/sir-spheres/")
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    sheets = [" ".join(sheet.extract_text().split()) for sheet in PdfReader(tmp_path / "page.pdf").pages]
    assert min(map(len, sheets)) > 40
    printed = " ".join(sheets)
    for words in ("SAMPLE-EU-0001", "Date of preparation", "https://instructions.example.com/eu/en/"):
        assert words in printed
    assert "/leaving/" not in printed


@pytest.mark.parametrize("address", ["/eu/", f"/eu/{TOPIC}", "/de/eu/contact/", "/ca/therapies/"])
def test_by_keyboard_alone_the_contact_is_near(page: Page, scripts, address):
    page.goto(address)
    passed = []
    while len(passed) < MAX_TABS and not page.evaluate(FOCUSED).startswith("mailto:"):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUSED))
        if passed[-1] == "#footer-contact":
            page.keyboard.press("Enter")
    expect(write_to_us(page)).to_be_focused()
    assert len(passed) <= 5


def test_by_keyboard_alone_somebody_gets_from_the_selector_to_the_treatment(page: Page, scripts):
    page.goto("/")
    field = page.get_by_role("searchbox", name="Which country do you live or work in?")
    _tab_to(page, "#country")
    page.keyboard.type("Ireland")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/country/ie/$"))
    expect(field).to_have_count(0)
    _tab_to(page, "main a[hreflang=en]")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/eu/$"))
    _tab_to(page, f"main a[href='/eu/{TOPIC}']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/eu/{TOPIC}$"))


def _tab_to(page: Page, selector: str) -> None:
    """Press the tabulator until the first element that `selector` finds is reached."""
    for _time in range(MAX_TABS):
        page.keyboard.press("Tab")
        if page.locator(selector).first.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"{selector} is too far.")

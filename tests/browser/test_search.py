"""Visitors search: with scripts, pages are suggested while they type, by keyboard too; without, as ever."""

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.cases import first_cases

from .axe import Axe

SCRIPTS = [
    *(Path(f"home/static/home/{name}.js") for name in ("search", "office_hours")),
    Path("region_gate/static/region_gate/gate.js"),
]
TREATMENT = "/eu/therapies/liver-metastases-colorectal-cancer/"
MOST_BYTES = 8_000  # of all scripts, compressed


def field(page: Page) -> Locator:
    return page.locator("#page-search")


def listbox(page: Page) -> Locator:
    return page.locator("main").get_by_role("listbox")


@pytest.fixture
def search_page(page: Page) -> Page:
    """The empty page of a region's search."""
    page.goto("/eu/search/")
    return page


def test_pages_are_suggested_and_chosen_by_keyboard(search_page):
    field(search_page).press_sequentially("metast")
    expect(listbox(search_page)).to_be_visible()
    expect(field(search_page)).to_have_attribute("aria-expanded", "true")
    field(search_page).press("ArrowDown")
    first = listbox(search_page).get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field(search_page)).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "")
    field(search_page).press("ArrowUp")
    expect(first).to_have_attribute("aria-selected", "false")
    field(search_page).press("ArrowDown")
    field(search_page).press("Enter")
    expect(search_page).to_have_url(re.compile(f"{TREATMENT}$"))


def test_escape_and_leaving_close_the_list(search_page):
    field(search_page).press_sequentially("metast")
    expect(listbox(search_page)).to_be_visible()
    field(search_page).press("Escape")
    expect(listbox(search_page)).to_be_hidden()
    field(search_page).press_sequentially("a")
    expect(listbox(search_page)).to_be_visible()
    field(search_page).press("Tab")
    expect(listbox(search_page)).to_be_hidden()


def test_enter_without_a_choice_shows_the_results(search_page):
    field(search_page).fill("irinotecn")
    field(search_page).press("Enter")
    expect(search_page.get_by_text("Did you mean")).to_be_visible()
    expect(search_page.locator("main mark").first).to_be_visible()


@first_cases("width", [320, 1280])
def test_the_list_and_the_results_are_accessible_and_fit(search_page, width):
    search_page.set_viewport_size({"width": width, "height": 800})
    field(search_page).press_sequentially("liver")
    expect(listbox(search_page)).to_be_visible()
    assert not Axe().run(search_page).response["violations"]
    assert search_page.evaluate("document.documentElement.scrollWidth") <= width
    field(search_page).press("Enter")
    expect(search_page.locator("main mark").first).to_be_visible()
    assert not Axe().run(search_page).response["violations"]
    assert search_page.evaluate("document.documentElement.scrollWidth") <= width


def test_where_the_server_does_not_answer_the_form_still_does(search_page):
    search_page.route("**/suggestions/**", lambda route: route.abort())
    field(search_page).press_sequentially("metastases")
    field(search_page).press("Enter")
    expect(search_page.locator("main mark").first).to_be_visible()


def test_without_scripts_the_results_are_a_page(browser: Browser, base_url):
    with browser.new_context(java_script_enabled=False, base_url=base_url) as context:
        page = context.new_page()
        page.goto("/eu/search/")
        field(page).fill("metastasis")
        field(page).press("Enter")
        expect(page.locator("main mark").first).to_be_visible()
        page.locator("main .entries a").first.click()
        expect(page.locator("h1")).to_be_visible()


def test_the_scripts_of_a_page_stay_small():
    assert sum(len(gzip.compress(path.read_bytes())) for path in SCRIPTS) <= MOST_BYTES

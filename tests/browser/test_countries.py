"""Arriving: from one's country to its region, scripts on and off, by keyboard."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cases import first_cases

from .axe import Axe


def box(page: Page):
    return page.get_by_role("searchbox", name="Which country do you live or work in?")


def test_typing_finds_the_country_and_enter_goes_there(page: Page):
    page.goto("/")
    box(page).type("allemag")
    expect(page.get_by_role("link", name="Germany", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Japan", exact=True)).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("Germany")
    expect(page.get_by_role("heading", name="All regions")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/country/de/$"))
    page.get_by_role("main").get_by_role("link", name="Deutsch").click()
    expect(page).to_have_url(re.compile(r"/de/eu/$"))


def test_the_list_is_reached_by_the_arrow_key(page: Page):
    page.goto("/")
    box(page).type("日本")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Japan", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("None of our regions covers Japan.")


def test_what_no_country_is_called_is_said(page: Page):
    page.goto("/")
    box(page).type("zzzz")
    expect(page.get_by_role("status")).to_contain_text("No country is called so.")
    box(page).fill("")
    expect(page.get_by_text("Oceania")).to_be_visible()


@pytest.fixture
def plain(browser: Browser, site) -> Page:
    """A page of a browser that runs no scripts."""
    with browser.new_context(base_url=site, java_script_enabled=False) as context:
        yield context.new_page()


def test_without_scripts_the_form_and_the_list_lead_there(plain: Page):
    plain.goto("/de/")
    plain.get_by_role("main").get_by_role("searchbox").fill("kanada")
    plain.get_by_role("main").get_by_role("button").click()
    expect(plain).to_have_url(re.compile(r"/de/country/ca/$"))
    plain.goto("/")
    plain.get_by_text("Asia", exact=True).click()
    plain.get_by_role("link", name="Thailand").click()
    expect(plain.get_by_role("main").get_by_role("link", name="English")).to_be_visible()


def test_the_last_choice_is_suggested_and_nothing_more(page: Page):
    page.goto("/country/fr/")
    page.goto("/")
    expect(page.get_by_text("It seems that you are in: France")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/$"))
    assert page.context.cookies() == []


def test_the_browsers_language_suggests_its_country(browser: Browser, site):
    with browser.new_context(base_url=site, locale="de-AT") as context:
        page = context.new_page()
        page.goto("/")
        expect(page.get_by_text("It seems that you are in: Austria")).to_be_visible()


@first_cases("width", [320, 1280])
def test_the_suggestion_has_its_place_before_it_is_there(browser: Browser, site, width):
    viewport = {"width": width, "height": 800}
    with browser.new_context(base_url=site, locale="de-AT", viewport=viewport) as context:
        page = context.new_page()
        context.route("**/country/suggested/", lambda route: None)  # never answered
        page.goto("/")
        suggestion, next_to_it = page.locator("[data-suggestion]"), page.locator("#regions")
        expect(suggestion).to_be_hidden()
        before = next_to_it.bounding_box()
        suggestion.evaluate("(shown) => { shown.hidden = false; shown.lastElementChild.append('Austria'); }")
        expect(suggestion).to_be_visible()
        assert next_to_it.bounding_box() == before


@pytest.mark.parametrize("address", ["/", "/country/", "/country/de/", "/country/jp/"])
@first_cases("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(page: Page, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    for summary in page.locator(".continent summary").all():
        summary.click()
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

"""A visitor follows the three links of the treatment page, in every way a visitor does."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.cases import first_cases

TREATMENT = "/eu/therapies/liver-metastases-colorectal-cancer/"
PRODUCT = "/eu/sir-spheres/"
EVIDENCE = "/us/clinical-evidence/"
ARTICLE = "https://doi.org/10.1200/JCO.2015.66.1181"
LEAVING_REGION = "You are now leaving your current region"
LEAVING_SITE = "Now leaving"


@pytest.fixture
def browser_context_args(browser_context_args, scripts) -> dict:
    """Let the browser run scripts, or not."""
    return {**browser_context_args, "java_script_enabled": scripts}


def click(page: Page, name: str, nth: int) -> Page:
    page.get_by_role("main").get_by_role("link", name=name).nth(nth).click()
    return page


def press_enter(page: Page, name: str, nth: int) -> Page:
    page.get_by_role("main").get_by_role("link", name=name).nth(nth).press("Enter")
    return page


def middle_click(page: Page, name: str, nth: int) -> Page:
    with page.context.expect_page() as tab:
        page.get_by_role("main").get_by_role("link", name=name).nth(nth).click(button="middle")
    return tab.value


WAYS = first_cases("follow", [click, press_enter, middle_click])


def notice_on(page: Page, kind: str):
    return page.locator(f"[data-notice='{kind}']")


@WAYS
def test_a_link_within_the_region_arrives_at_once(page: Page, follow):
    page.goto(TREATMENT)
    arrived = follow(page, "this page", 0)
    expect(arrived).to_have_url(re.compile(f"{PRODUCT}$"))
    expect(arrived.locator("[data-notice]")).to_have_count(0)


@WAYS
def test_a_link_to_another_region_meets_the_cross_region_notice(page: Page, follow):
    page.goto(TREATMENT)
    leaving = follow(page, "this page", 1)
    expect(notice_on(leaving, "cross-region")).to_contain_text(LEAVING_REGION)
    leaving.get_by_role("link", name="Continue", exact=True).click()
    expect(leaving).to_have_url(re.compile(f"{EVIDENCE}$"))
    expect(leaving.get_by_role("heading", level=1)).to_have_text("Clinical evidence")


@WAYS
def test_a_link_off_the_site_meets_the_third_party_notice(page: Page, follow):
    page.goto(TREATMENT)
    leaving = follow(page, "van Hazel", 0)
    expect(notice_on(leaving, "third-party")).to_contain_text(LEAVING_SITE)
    leaving.get_by_role("link", name="Continue", exact=True).click()
    expect(leaving).to_have_url(ARTICLE)


def test_the_notice_opens_over_the_page_and_without_scripts_on_its_own(page: Page, scripts):
    page.goto(TREATMENT)
    click(page, "van Hazel", 0)
    expect(notice_on(page, "third-party")).to_be_visible()
    expect(page).to_have_url(re.compile(f"{TREATMENT}$" if scripts else "/leaving/"))
    expect(page.get_by_role("dialog")).to_have_count(1 if scripts else 0)


@WAYS
@pytest.mark.parametrize(("name", "nth"), [("this page", 1), ("van Hazel", 0)])
def test_staying_stays(page: Page, follow, name, nth):
    page.goto(TREATMENT)
    leaving = follow(page, name, nth)
    leaving.get_by_role("link", name="Stay").click()
    expect(leaving).to_have_url(re.compile(f"{TREATMENT}$"))


def test_a_copied_address_meets_the_notice_too(page: Page):
    page.goto(TREATMENT)
    link = page.get_by_role("main").get_by_role("link", name="this page").nth(1)
    address = link.get_attribute("href")
    stranger = page.context.new_page()
    stranger.goto(address)
    expect(notice_on(stranger, "cross-region")).to_contain_text(LEAVING_REGION)
    stranger.get_by_role("link", name="Stay").click()
    expect(stranger).to_have_url(re.compile("/eu/$"))


def test_from_the_selector_a_visitor_reaches_the_region_without_a_notice(page: Page):
    page.goto("/")
    page.locator("a[href='/de/eu/']").click()
    expect(page).to_have_url(re.compile("/de/eu/$"))


def test_from_a_region_the_switch_to_another_one_is_a_crossing(page: Page):
    page.goto("/eu/regions/")
    page.get_by_role("main").get_by_role("link", name="United States").first.click()
    expect(notice_on(page, "cross-region")).to_contain_text(LEAVING_REGION)


def test_a_german_page_meets_the_notice_in_german(page: Page):
    page.goto(f"/de{TREATMENT}")
    page.get_by_role("main").get_by_role("link", name="van Hazel").click()
    expect(notice_on(page, "third-party")).to_have_attribute("lang", "de")
    page.get_by_role("link", name="Weiter", exact=True).click()
    expect(page).to_have_url(ARTICLE)

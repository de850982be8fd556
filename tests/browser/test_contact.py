"""Somebody writes to a region's team: with scripts and without, on a phone and a desktop, by keyboard."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import Pause
from enquiries.models import Enquiry
from jobs.models import StoredMail
from tests.cases import first_cases

from .axe import Axe

FORM = "/eu/contact-form/"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
WORDS = "My scar aches since Tuesday."
TICKET_WAIT = 4_000  # milliseconds: nobody writes a message faster


@pytest.fixture
def _written(base_url, django_db_blocker) -> Iterator[None]:
    """Take back what a test writes into the database of all of them."""
    yield
    with django_db_blocker.unblock():
        Enquiry.objects.all().delete()
        Pause.objects.all().delete()
        StoredMail.objects.all().delete()


def visit(browser: Browser, base_url: str, *, scripts: bool = True, **more) -> Page:
    context = browser.new_context(java_script_enabled=scripts, base_url=base_url, **more)
    return context.new_page()


def fill(page: Page, subject: str = "A side effect or a complaint") -> None:
    page.get_by_label(subject).check()
    page.get_by_label("Your message").fill(WORDS)
    page.get_by_label("Your e-mail address").fill("patient@example.org")
    page.get_by_label(re.compile("^I agree")).check()


def press_send(page: Page) -> None:
    page.get_by_role("button", name="Send the message").click()


@pytest.mark.usefixtures("_written")
@first_cases("width", [320, 1280])
def test_from_the_contact_page_to_the_thanks(browser: Browser, base_url, scripts, width):
    page = visit(browser, base_url, scripts=scripts, viewport={"width": width, "height": 800})
    page.goto("/eu/contact/")
    page.get_by_role("main").get_by_role("link", name="Write to us").click()
    fill(page)
    press_send(page)
    if page.get_by_text("That was very quick").count():  # a test types faster than people
        page.wait_for_timeout(TICKET_WAIT)
        expect(page.get_by_role("textbox", name="Your message")).to_have_value(WORDS)
        press_send(page)
    expect(page.get_by_role("heading", name="Your message has been sent")).to_be_visible()
    assert page.context.cookies() == []


@first_cases("width", [320, 1280])
@first_cases("scheme", ["light", "dark"])
def test_what_is_wrong_is_said_first_and_leads_to_the_field(browser: Browser, base_url, width, scheme):
    size = {"width": width, "height": 800}
    page = visit(browser, base_url, viewport=size, color_scheme=scheme)
    page.goto(FORM)
    page.get_by_label("A side effect or a complaint").check()
    page.get_by_label("Your e-mail address").fill("pat")
    press_send(page)
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    summary.get_by_role("link", name="This is no e-mail address").click()
    expect(page.get_by_label("Your e-mail address")).to_be_focused()
    expect(page.get_by_label("Your e-mail address")).to_have_value("pat")
    expect(page.get_by_label("A side effect or a complaint")).to_be_checked()


@first_cases("forced", ["active", "none"])
def test_a_side_effect_shows_how_to_report_it_at_once_without_a_script(browser: Browser, base_url, forced):
    page = visit(browser, base_url, scripts=False, forced_colors=forced)
    page.goto(FORM)
    told = page.get_by_text("report it where you live")
    expect(told).to_be_hidden()
    page.get_by_label("A side effect or a complaint").check()
    expect(told).to_be_visible()
    page.get_by_text("Germany", exact=True).first.click()
    expect(page.get_by_role("link", name="reports.de@example.com")).to_be_visible()
    page.get_by_label("Press").check()
    expect(told).to_be_hidden()


def test_the_whole_form_is_filled_in_by_keyboard(browser: Browser, base_url):
    page = visit(browser, base_url)
    page.goto(FORM)
    page.get_by_label("A question about a treatment").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type(WORDS)
    page.keyboard.press("Tab")
    page.keyboard.type("patient@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type("Pat")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label(re.compile("^I agree"))).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator("form").get_by_role("link", name="Privacy")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send the message")).to_be_focused()


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Asia/Tokyo", r"Japan.*Mon – Fri, 1[67]:00 – 0[01]:00"),
        ("America/Los_Angeles", r"Pacific.*Mon – Fri, 0[01]:00 – 08:00"),
        ("Pacific/Auckland", r"New Zealand.*Mon – Fri, 2[01]:00 – 0[45]:00 \(next day\)"),
        ("Asia/Kolkata", r"India.*Mon – Fri, 1[23]:30 – 2[01]:30"),
    ],
)
def test_the_hours_stand_in_the_reader_s_time_zone_too(browser: Browser, base_url, zone, told):
    page = visit(browser, base_url, timezone_id=zone)
    page.goto("/eu/contact/")
    hours = page.locator("main .office-hours")
    expect(hours).to_contain_text("Mon – Fri, 09:00 – 17:00")
    expect(hours).to_contain_text("Central European Time")
    expect(hours).to_contain_text(re.compile(f"In your time zone, {told}", re.DOTALL))


def test_on_other_pages_they_do_so_once_somebody_reads(browser: Browser, base_url):
    page = visit(browser, base_url, timezone_id="Asia/Tokyo")
    page.goto("/eu/about/")
    page.mouse.move(10, 10)
    page.mouse.move(20, 20)
    expect(page.locator("footer .office-hours")).to_contain_text("In your time zone, Japan")


@pytest.mark.parametrize(("zone", "scripts_on"), [("Europe/Berlin", True), ("Asia/Tokyo", False)])
def test_in_the_same_zone_or_without_scripts_they_stand_once(browser: Browser, base_url, zone, scripts_on):
    page = visit(browser, base_url, scripts=scripts_on, timezone_id=zone)
    page.goto("/eu/contact/")
    expect(page.locator("main .office-hours dt")).to_have_count(1)

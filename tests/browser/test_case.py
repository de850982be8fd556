"""A whole case: written, sent back, mended, approved, shown; then its label ends, and the record is asked."""

import re
import subprocess
import sys
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from region_gate import clock
from therapies.models import Label, ProductPage

from .conftest import sign_in
from .editor_form import review
from .server import ROOT, environment

pytestmark = pytest.mark.long

ADDRESS = "/eu/sir-spheres/"
CLAIM, MENDED = "SIR-Spheres heals everybody.", "SIR-Spheres is for tumours in the liver."
CODE = "EU-CASE-2026-001"


@pytest.fixture
def product_page(site_apart) -> ProductPage:
    """The European page about the product."""
    return ProductPage.objects.get(url_path__endswith="/eu/sir-spheres/", locale__language_code="en")


def _day(days: int) -> date:
    """Return the day so many days from today."""
    return clock.today() + timedelta(days=days)


def sign_in_as(page: Page, username: str) -> None:
    page.context.clear_cookies()
    sign_in(page, username)


def edit(page: Page, product_page: ProductPage) -> None:
    page.goto(f"/admin/pages/{product_page.pk}/edit/")


def write(page: Page, words: str) -> None:
    """Have `words` for the whole introduction."""
    page.locator("[data-contentpath=intro] [contenteditable=true]").click()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    expect(page.locator("input[name=intro]")).to_have_value(re.compile(re.escape(words)))


def send(page: Page, button: str) -> None:
    """Send the draft to legal."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=re.compile(button)).click()
    expect(page.get_by_text(re.compile("submitted for review"))).to_be_visible()


def withdraw_tomorrow(page: Page, product_page: ProductPage) -> None:
    """Have one person of legal withdraw the region's label from tomorrow on; another approves it."""
    label = Label.objects.get(region__code="eu")
    address = f"/admin/snippets/therapies/label/edit/{label.pk}/"
    page.goto(address)
    page.get_by_role("combobox", name="Status").select_option(label="Withdrawn")
    page.get_by_label("Withdrawn on").fill(_day(1).isoformat())
    send(page, "Submit to")
    sign_in_as(page, "admin")
    page.goto(address)
    page.get_by_role("link", name="Review", exact=True).click()
    expect(page.locator(".review-change ins").filter(has_text="Withdrawn")).to_be_visible()
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text("has been approved")).to_be_visible()


def test_a_whole_case(page: Page, product_page, tomorrow):
    # The editor writes, and sends it.
    sign_in_as(page, "eu-editor")
    edit(page, product_page)
    write(page, CLAIM)
    send(page, "Submit to")

    # Legal sees what changed and what was found on one screen, and asks for changes.
    review(page, product_page.title)
    expect(page.locator(".review-change ins").filter(has_text="heals everybody")).to_be_visible()
    expect(page.locator(".review-findings")).to_contain_text("Named under a label in force")
    page.get_by_label("Reason").fill("It does not heal everybody.")
    page.get_by_role("button", name="Request changes").click()
    expect(page.get_by_text("goes back")).to_be_visible()

    # The editor reads the reason, and mends it.
    sign_in_as(page, "eu-editor")
    edit(page, product_page)
    page.get_by_role("button", name="Toggle findings").click()
    expect(page.locator("[data-side-panel=findings]")).to_contain_text("It does not heal everybody.")
    write(page, MENDED)
    send(page, "Resubmit to")

    # Legal approves with a code, and visitors see it.
    sign_in_as(page, "eu-legal")
    edit(page, product_page)
    page.get_by_role("link", name="Review", exact=True).click()
    page.get_by_label("Approval code").fill(CODE)
    page.get_by_label("Review by").fill(_day(365).isoformat())
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text("has been approved")).to_be_visible()
    page.goto(ADDRESS)
    expect(page.get_by_text(MENDED)).to_be_visible()
    expect(page.get_by_text(CODE)).to_be_visible()

    # Its label ends tomorrow: the page is still up today, and then in Attention, until it comes down.
    withdraw_tomorrow(page, product_page)
    assert page.goto(ADDRESS).status == 200
    assert page.goto(f"{tomorrow}{ADDRESS}").status == 410
    expect(page.get_by_role("heading", name="This page is not available at present")).to_be_visible()
    page.goto(f"{tomorrow}/admin/reports/attention/?kind=unlabelled&region=eu")
    expect(page.get_by_role("link", name=re.compile(product_page.title)).first).to_be_visible()
    subprocess.run(
        [sys.executable, "-m", "tests.browser.tomorrow", "enforce_labels"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        check=False,  # the home page, which names no product, is none of its business
    )
    assert page.goto(f"{tomorrow}{ADDRESS}").status == 410

    # The record of the day before shows the page, with the words of its label and notices of that day.
    page.goto(f"{tomorrow}/admin/reports/page-record/{product_page.pk}/")
    page.get_by_label("Date").fill(_day(0).isoformat())
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text(CODE).first).to_be_visible()
    shown = page.frame_locator("iframe.record-page")
    expect(shown.get_by_text(MENDED)).to_be_visible()
    expect(shown.get_by_text("SAMPLE-EU-0001").first).to_be_visible()
    page.get_by_text("Notices at its crossings then").click()
    expect(page.get_by_text("You are now leaving your current region").first).to_be_visible()

"""The English page changes and goes live: its translations are behind everywhere, and catch up."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from wagtail.models import Locale

from home.models import RegionHomePage, StandardPage
from region_gate import clock

from .axe import Axe
from .conftest import sign_in

pytestmark = pytest.mark.long

SHOTS = os.environ.get("SCREENSHOTS", "")
MATRIX, ATTENTION = "/admin/reports/translations/?region=", "/admin/reports/attention/?kind=translations"


@pytest.fixture
def pages(site_apart) -> dict[str, StandardPage]:
    """The European page about the company, by language."""
    home = RegionHomePage.objects.get(region__code="eu", locale__language_code="en")
    english = StandardPage.objects.child_of(home).get(slug="about")
    others = {code: english.get_translation(Locale.objects.get(language_code=code)) for code in ("de", "fr")}
    return {"en": english, **{code: one.specific for code, one in others.items()}}


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def sign_in_as(page: Page, username: str) -> None:
    page.context.clear_cookies()
    sign_in(page, username)


def open_editor(page: Page, edited: StandardPage) -> Locator:
    """Open the page's editor with what was found, and return that."""
    page.goto(f"/admin/pages/{edited.pk}/edit/")
    panel = page.locator("[data-side-panel=findings]")
    if not panel.is_visible():
        page.get_by_role("button", name="Toggle findings").click()
    expect(panel.get_by_role("heading", name="Source and translations")).to_be_visible()
    return panel


def send(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=re.compile("Submit to")).click()
    expect(page.get_by_text(re.compile("submitted for review"))).to_be_visible()


def approve(page: Page, waiting: StandardPage, code: str) -> None:
    """Approve what waits as legal does."""
    sign_in_as(page, "eu-legal")
    page.goto(f"/admin/pages/{waiting.pk}/edit/")
    actions = page.get_by_role("navigation", name="Actions (footer)")  # the minimap may have a Review, too
    actions.get_by_role("link", name="Review", exact=True).click()
    page.get_by_label("Approval code").fill(code)
    page.get_by_label("Review by").fill((clock.today() + timedelta(days=365)).isoformat())
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text("has been approved")).to_be_visible()


def row(page: Page, title: str) -> list[str]:
    """Return how the page called `title` stands in each language, by the matrix."""
    region = RegionHomePage.objects.filter(region__code="eu").first().region_id
    page.goto(f"{MATRIX}{region}")
    cells = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=title, exact=True))
    return cells.locator(".standing-word").all_inner_texts()


def test_translations_are_behind_everywhere_and_catch_up(page: Page, pages):
    english, german, french = pages["en"], pages["de"], pages["fr"]
    sign_in(page, "eu-editor")
    assert row(page, english.title) == ["In step"] * 3

    # The English page changes, as a safety change, and goes live.
    panel = open_editor(page, english)
    expect(panel.get_by_text("2 pages follow this one")).to_be_visible()
    page.locator("#id_title").fill("About Sirtex and its warnings")
    panel.get_by_label("This is a safety change").check()
    # The draft is saved by itself, and the panel comes anew: the tick stays.
    page.get_by_role("button", name="Save draft", exact=True).first.click()
    expect(page.get_by_text(re.compile("updated"))).to_be_visible()
    panel = open_editor(page, english)
    panel.get_by_label("This is a safety change").check()
    shoot(page, "editor-source")
    send(page)
    assert row(page, english.title) == ["In step"] * 3
    approve(page, english, "EU-CATCH-UP-1")

    # They are behind everywhere: in the matrix, in Attention, in their editors.
    sign_in_as(page, "eu-editor")
    assert row(page, "About Sirtex and its warnings") == ["In step", *["Behind a safety change"] * 2]
    shoot(page, "matrix")
    found = Axe().run(page, context=".legal-report")
    assert found.violations_count == 0, found.generate_report()
    page.goto(ATTENTION)
    for one in (german, french):
        expect(page.get_by_role("link", name=re.compile(re.escape(one.title)))).to_be_visible()
    expect(page.get_by_text("Safety change", exact=True)).to_have_count(2)
    shoot(page, "attention")
    panel = open_editor(page, french)
    expect(panel.get_by_text("Safety change: take it over at once")).to_be_visible()
    panel = open_editor(page, german)
    expect(panel.locator("ins").first).to_contain_text("and its warnings")
    shoot(page, "editor-behind")
    found = Axe().run(page, context=".catch-up")
    assert found.violations_count == 0, found.generate_report()
    panel.get_by_role("link", name="What the source has changed").click()
    expect(page.locator(".adapting-change ins").first).to_contain_text("and its warnings")
    shoot(page, "changes")

    # To publish the German page alone is not to catch up.
    open_editor(page, german)
    page.locator("#id_title").fill("Über Sirtex und seine Warnungen")
    send(page)
    approve(page, german, "EU-CATCH-UP-2")
    sign_in_as(page, "eu-editor")
    assert row(page, "About Sirtex and its warnings") == ["In step", *["Behind a safety change"] * 2]

    # With the tick it is.
    panel = open_editor(page, german)
    panel.get_by_label(re.compile("I have taken over the changes up to")).check()
    send(page)
    approve(page, german, "EU-CATCH-UP-3")
    sign_in_as(page, "eu-editor")
    assert row(page, "About Sirtex and its warnings") == ["In step", "In step", "Behind a safety change"]
    expect(open_editor(page, german).get_by_text(re.compile("In step with"))).to_be_visible()
    page.goto(ATTENTION)
    expect(page.get_by_text("Safety change", exact=True)).to_have_count(1)

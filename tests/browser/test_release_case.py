"""A whole release: a label in three languages is replaced from tomorrow, with the pages that show it."""

import re
import subprocess
import sys
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect
from wagtail.models import Page as WagtailPage

from region_gate import clock
from therapies.models import Label, ProductPage

from .conftest import sign_in
from .server import ROOT, environment

pytestmark = pytest.mark.long

RELEASE = "A narrower use"
WORDS = {"en": "For adults only.", "de": "Nur für Erwachsene.", "fr": "Pour adultes seulement."}
OLD_WORDS = {"en": "Sample text.", "de": "Mustertext.", "fr": "Texte d’exemple."}
CODES = re.compile(r"EU-TOMORROW-\d+")
LABELS, MATRIX = "/admin/snippets/therapies/label", "/admin/reports/label-matrix/"


@pytest.fixture
def label(site_apart) -> Label:
    """The European label, in force in three languages."""
    return Label.objects.get(region__code="eu")


def _day(days: int) -> date:
    """Return the day so many days from today."""
    return clock.today() + timedelta(days=days)


def _naming(label: Label) -> list[int]:
    """Return the keys of the region's live pages that name the label's product."""
    named = WagtailPage.objects.live().filter(mentions__product=label.product_id)
    return [*named.filter(url_path__regex=r"^/regions[-a-z]*/eu/").values_list("pk", flat=True)]


def sign_in_as(page: Page, username: str) -> None:
    page.context.clear_cookies()
    sign_in(page, username)


def write(page: Page, field: Locator, words: str) -> None:
    """Have `words` for the whole of a field of rich text."""
    field.locator("[contenteditable=true]").click()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    expect(field.locator("input[type=hidden]").first).to_have_value(re.compile(re.escape(words)))


def make_release(page: Page) -> str:
    """Have legal make a release for tomorrow; return its address."""
    page.goto("/admin/releases/new/")
    page.get_by_label("Name").fill(RELEASE)
    page.get_by_label("Reason").fill("The indication was narrowed.")
    page.get_by_label("Goes live at").fill(f"{_day(1).isoformat()}T00:00")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Parts", exact=True)).to_be_visible()
    return page.url


def replace_label(page: Page, label: Label) -> None:
    """Have legal draft the next label in its three languages, add it to the release and send it."""
    page.goto(f"{LABELS}/edit/{label.pk}/")
    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="Replace from a date").click()
    page.get_by_label("Replace from").fill(_day(1).isoformat())
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Draft the next label").click()
    expect(page.get_by_text("This is the draft of the next label")).to_be_visible()
    for number, words in enumerate(WORDS.values()):
        write(page, page.locator("[data-contentpath=indication]").nth(number), words)
    page.get_by_role("button", name="Save draft", exact=True).click()
    expect(page.get_by_text(re.compile("updated"))).to_be_visible()
    draft = page.url
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("link", name="Add to a release").click()
    page.get_by_role("button", name="Add", exact=True).click()
    page.goto(draft)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=re.compile("Submit to")).click()
    expect(page.get_by_text(re.compile("submitted for review"))).to_be_visible()


def approve(page: Page, release: str, code: str = "") -> None:
    """Approve on the reviewer's screen the next part of the release that waits; a page with `code`."""
    page.goto(release)
    page.get_by_role("link", name="To its review").first.click()
    expect(page.get_by_text("It waits for the release")).to_be_visible()
    if code:
        page.get_by_label("Approval code").fill(code)
        page.get_by_label("Review by").fill(_day(365).isoformat())
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Approve for its release").click()
    expect(page.get_by_text("has been approved")).to_be_visible()


def press(page: Page, release: str, button: str, told: str) -> None:
    page.goto(release)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text(told).first).to_be_visible()


def shown(visitor: Page, address: str) -> tuple[str, str]:
    """Return the indication and the approval code that visitors read there."""
    assert visitor.goto(address).status == 200
    return visitor.locator(".label-parts dd").nth(1).inner_text(), visitor.locator(".approval").inner_text()


def attention(page: Page, site: str = "") -> str:
    page.goto(f"{site}/admin/reports/attention/?region=eu")
    return page.locator(".legal-report").inner_text()


def matrix(page: Page, label: Label, site: str = "") -> str:
    """Return what the matrix says of the label's region."""
    page.goto(f"{site}{MATRIX}?region={label.region_id}")
    return page.locator(".matrix td").inner_text()


def on_record(page: Page, address: str, day: date) -> tuple[str, FrameLocator]:
    """Return what the record says of the page on `day`, and the page as it was shown."""
    page.goto(address)
    page.get_by_label("Date").fill(day.isoformat())
    page.get_by_role("button", name="Show").click()
    return page.locator(".record-facts").first.inner_text(), page.frame_locator("iframe.record-page")


def publish_tomorrow() -> None:
    """Have the schedule run, a day from now."""
    subprocess.run(
        [sys.executable, "-m", "tests.browser.tomorrow", "publish_scheduled"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        check=True,
    )


def test_a_label_and_its_pages_change_at_one_moment(page: Page, browser: Browser, site, label, tomorrow):
    numbers = _naming(label)
    products = {
        one.locale.language_code: one
        for one in ProductPage.objects.filter(pk__in=numbers).select_related("locale")
    }
    places = {language: one.url for language, one in products.items()}
    assert places.keys() == WORDS.keys()
    visitor = browser.new_context(base_url=site).new_page()
    old = {language: shown(visitor, place) for language, place in places.items()}

    # Legal drafts the next label for all three languages, in a release for tomorrow; another approves it.
    sign_in_as(page, "eu-legal")
    release = make_release(page)
    replace_label(page, label)
    press(page, release, "Check and prepare", "under its old approval code")
    sign_in_as(page, "admin")
    approve(page, release)

    # The editor has the pages approved anew in the same release; legal gives each a new code.
    sign_in_as(page, "eu-editor")
    page.goto(release)
    page.get_by_role("button", name="Renew all").click()
    expect(page.get_by_text("same words, new code")).to_have_count(len(numbers))
    sign_in_as(page, "eu-legal")
    for number in range(len(numbers)):
        approve(page, release, code=f"EU-TOMORROW-{number}")
    press(page, release, "Check and prepare", "Everything was tried together, and could go live.")
    press(page, release, "Schedule it", "is scheduled.")

    # Today everything stays as it is, and so it does tomorrow until the schedule has run.
    assert {language: shown(visitor, place) for language, place in places.items()} == old
    assert all(old[language][0].startswith(OLD_WORDS[language]) for language in places)
    assert RELEASE not in attention(page)
    assert "In force" in matrix(page, label)
    for language, place in places.items():
        assert shown(visitor, f"{tomorrow}{place}") == old[language]
    assert "Its moment has passed" in attention(page, tomorrow)

    # Tomorrow the whole changes, each page with its own new code.
    publish_tomorrow()
    new = {language: shown(visitor, f"{tomorrow}{place}") for language, place in places.items()}
    assert {language: words for language, (words, _code) in new.items()} == WORDS
    codes = {language: CODES.search(code)[0] for language, (_words, code) in new.items()}
    assert len({*codes.values()}) == len(codes)
    assert RELEASE not in attention(page, tomorrow)
    told = matrix(page, label, tomorrow)
    assert "In force" in told
    assert f"since {_day(1):%-d %b %Y}" in told

    # The record of each day tells the words and the code of that day.
    for language, product in products.items():
        address = f"{tomorrow}/admin/reports/page-record/{product.pk}/"
        facts, then = on_record(page, address, _day(0))
        assert codes[language] not in facts
        expect(then.get_by_text(old[language][0]).first).to_be_visible()
        expect(then.get_by_text(WORDS[language])).to_have_count(0)
        facts, then = on_record(page, address, _day(1))
        assert codes[language] in facts
        expect(then.get_by_text(WORDS[language])).to_be_visible()
        expect(then.get_by_text(old[language][0])).to_have_count(0)

"""Legal reads the reports: with the keyboard, on a phone, on paper, and without telling colours apart."""

import pytest
from playwright.sync_api import Page, expect

from tests.cases import first_cases
from tests.conftest import TOPIC
from therapies.models import Product, Topic

from .axe import Axe
from .conftest import sign_in

MATRIX, ATTENTION = "/admin/reports/label-matrix/", "/admin/reports/attention/"
COMPARE = "/admin/reports/compare/"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def legal(page: Page) -> Page:
    """A browser in which the European legal reviewer has signed in."""
    return sign_in(page, "eu-legal")


@pytest.fixture
def addresses(django_db_blocker) -> list[str]:
    """Each report, with an answer in it."""
    with django_db_blocker.unblock():
        topic = Topic.objects.get(slug=TOPIC)
        subjects = f"topic-{topic.pk}", f"product-{Product.objects.get().pk}"
    return [MATRIX, ATTENTION, "/admin/", *(f"{COMPARE}?subject={subject}" for subject in subjects)]


@first_cases("width", [320, 1280])
@first_cases("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_reports(legal: Page, addresses, scheme, width):
    legal.set_viewport_size({"width": width, "height": 800})
    legal.emulate_media(color_scheme=scheme)
    for address in addresses:
        legal.goto(address)
        found = Axe().run(legal, options={"runOnly": RULES})
        assert found.violations_count == 0, found.generate_report()


def test_on_a_phone_only_the_table_scrolls_sideways(legal: Page, addresses):
    legal.set_viewport_size({"width": 320, "height": 640})
    for address in addresses:
        legal.goto(address)
        for part in legal.locator(".legal-report > *, .legal-report section > *").all():
            box = part.bounding_box()
            assert box is None or box["x"] + box["width"] <= 320, address


def test_a_wide_table_is_scrolled_with_the_keyboard(legal: Page):
    legal.set_viewport_size({"width": 400, "height": 640})
    legal.goto(MATRIX)
    frame = legal.get_by_role("region", name="Labels of each product in each region")
    frame.focus()
    legal.keyboard.press("ArrowRight")
    expect(frame).to_be_focused()
    frame.evaluate("frame => frame.scrollLeft || new Promise(done => frame.addEventListener('scroll', done))")
    assert frame.evaluate("frame => frame.scrollLeft") > 0


def test_legal_compares_two_regions_and_sees_where_they_differ(legal: Page):
    legal.goto(COMPARE)
    legal.get_by_label("Compare").select_option(label="Liver metastases from colorectal cancer")
    legal.get_by_label("United States").check()
    legal.get_by_label("Europe").check()
    legal.get_by_label("English").check()
    legal.get_by_role("button", name="Compare").click()
    expect(legal.get_by_role("columnheader", name="United States base")).to_be_visible()
    removed = legal.locator("td del").filter(has_text="tumors").first
    expect(removed).to_have_css("text-decoration-line", "line-through")
    expect(legal.locator("td ins").filter(has_text="tumours").first).to_have_css(
        "text-decoration-line", "underline"
    )


def test_on_paper_there_is_the_report_alone_and_whole(legal: Page, addresses):
    for address in addresses[-2:]:
        legal.goto(address)
        legal.emulate_media(media="print")
        expect(legal.get_by_role("button", name="Compare", exact=True)).to_be_hidden()
        expect(legal.locator("#wagtail-sidebar")).to_be_hidden()
        for frame in legal.locator(".report-scroll").all():
            assert frame.evaluate("frame => frame.scrollHeight <= frame.clientHeight + 1")

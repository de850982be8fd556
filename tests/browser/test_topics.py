"""A visitor about to leave the region is offered the same topic at home, and goes there instead."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from wagtail.models import Page as WagtailPage

from tests.cases import first_cases
from therapies.models import TherapyPage

from .axe import Axe
from .put_back import put_back

TOPIC = "/therapies/liver-metastases-colorectal-cancer/"
SOURCES = {"/eu/about/": "/regions/eu/about/", f"/eu{TOPIC}": f"/regions/eu{TOPIC}"}
LINK = '<p><a linktype="page" id="{}">The same treatment in America</a></p>'


@pytest.fixture
def browser_context_args(browser_context_args, scripts) -> dict:
    """Let the browser run scripts, or not."""
    return {**browser_context_args, "java_script_enabled": scripts}


@pytest.fixture(params=list(SOURCES))
def source(request, django_db_blocker, base_url) -> Iterator[str]:
    """Give the address of a European page that links to the American therapy page, until the test is over."""
    with django_db_blocker.unblock():
        page = WagtailPage.objects.get(url_path=SOURCES[request.param]).specific
        american = TherapyPage.objects.get(url_path=f"/regions/us{TOPIC}")
        with put_back(page):
            page.intro = LINK.format(american.pk)
            page.save_revision().publish()
            yield request.param


def leave(page: Page, source: str) -> Locator:
    """Follow the link out of the region as far as the notice, and return what is offered there."""
    page.goto(source)
    page.get_by_role("link", name="The same treatment in America").click()
    expect(page.locator("[data-notice='cross-region']")).to_be_visible()
    return page.locator(".gate-alternative")


def test_the_topic_at_home_is_one_click_away_from_the_notice(page: Page, source, scripts):
    offer = leave(page, source)
    expect(page.get_by_role("dialog")).to_have_count(1 if scripts else 0)
    expect(offer).to_contain_text("This topic in your region:")
    offer.get_by_role("link").click()
    expect(page).to_have_url(re.compile(f"/eu{TOPIC}$"))
    expect(page.locator("[data-notice]")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_contain_text("liver metastases")


def test_the_words_and_both_ways_come_before_the_offer(page: Page, source):
    offer = leave(page, source)
    order = page.locator("[data-dialog] :is([data-notice], .gate-continue, .gate-stay, .gate-alternative)")
    assert order.evaluate_all("(found) => found.map((each) => each.className)") == [
        "gate-words",
        "gate-continue",
        "gate-stay",
        "gate-alternative",
    ]
    expect(offer.get_by_role("link")).to_be_visible()


def test_a_notice_without_a_topic_offers_nothing(page: Page):
    page.goto(f"/eu{TOPIC}")
    page.locator("main a[data-crossing='cross-region']").first.click()
    expect(page.locator("[data-notice='cross-region']")).to_be_visible()
    expect(page.locator(".gate-alternative")).to_have_count(0)


@first_cases("scheme", ["light", "dark"])
def test_the_offer_is_readable_on_a_small_phone(page: Page, source, scheme, scripts):
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme=scheme)
    leave(page, source)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if scripts:  # which axe needs
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        assert found.violations_count == 0, found.generate_report()

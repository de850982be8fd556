"""An editor writes a link that the gate would block, reads what to type instead, and sees what it causes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from wagtail.models import Page as WagtailPage

from home.models import RegionHomePage, StandardPage
from tests.conftest import TOPIC
from therapies.models import TherapyPage

from .put_back import put_back


@pytest.fixture
def eu_home(django_db_blocker) -> RegionHomePage:
    """The European home page in English, in the database that the server reads."""
    with django_db_blocker.unblock():
        return RegionHomePage.objects.get(region__code="eu", locale__language_code="en")


@pytest.fixture
def contact(eu_home, django_db_blocker) -> Iterator[StandardPage]:
    """A page of the European region that has no link that crosses."""
    with django_db_blocker.unblock():
        page = StandardPage.objects.child_of(eu_home).get(slug="contact")
        with put_back(page):
            yield page


def edit(editor: Page, page: WagtailPage) -> None:
    editor.goto(f"/admin/pages/{page.pk}/edit/")


def open_panel(editor: Page) -> Locator:
    """Open the panel, which stays open on the pages that follow."""
    editor.get_by_role("button", name="Toggle findings").click()
    panel = editor.locator("[data-side-panel=findings]")
    expect(panel).to_be_visible()
    return panel


def open_link_dialog(editor: Page) -> None:
    editor.locator("[data-contentpath=intro] [contenteditable=true]").click()
    editor.keyboard.press("Control+K")
    editor.get_by_role("link", name="External link").click()


def type_address(editor: Page, address: str) -> None:
    editor.get_by_label("URL").fill(address)
    editor.get_by_role("button", name="Insert link").click()


def save(editor: Page) -> None:
    editor.get_by_role("button", name="Save draft", exact=True).click()
    expect(editor.get_by_text("has been updated")).to_be_visible()


def test_an_editor_mends_a_link_and_reads_what_it_causes(editor: Page, contact):
    edit(editor, contact)
    panel = open_panel(editor)
    expect(panel).to_contain_text("No link of this draft leaves the region or the site.")
    open_link_dialog(editor)
    type_address(editor, "https:www.example.org/a")
    expect(
        editor.get_by_text("Type two slashes after “https:”, as in https://www.example.org/a")
    ).to_be_visible()
    editor.get_by_label("Link text").fill("www.ema.europa.eu")
    type_address(editor, "WWW.Example.org/a")
    expect(editor.get_by_role("dialog")).to_have_count(0)
    save(editor)
    expect(panel).to_contain_text("https://www.example.org/a")
    expect(panel).to_contain_text("The text looks like www.ema.europa.eu")
    counter = editor.locator("[data-side-panel-toggle=findings] [data-side-panel-toggle-counter]")
    expect(counter).to_have_text("1")
    with editor.context.expect_page() as tab:
        panel.get_by_role("link", name="Preview the notice").click()
    expect(tab.value.locator("[data-notice=third-party]")).to_contain_text("Now leaving")


def test_the_panel_shows_the_words_that_visitors_read(editor: Page, eu_home, django_db_blocker):
    with django_db_blocker.unblock():
        therapy = TherapyPage.objects.descendant_of(eu_home).get(slug=TOPIC)
    edit(editor, therapy)
    across = open_panel(editor).get_by_role("region", name="5 to another region")
    across.get_by_text("What visitors read first").click()
    expect(across.get_by_text("You are now leaving your current region")).to_be_visible()
    expect(across).to_contain_text("/us/clinical-evidence/")


def test_a_notice_opens_from_the_preview_for_its_editor_alone(
    editor: Page, context, browser, base_url, eu_home, django_db_blocker
):
    with django_db_blocker.unblock():
        therapy = TherapyPage.objects.descendant_of(eu_home).get(slug=TOPIC)
    edit(editor, therapy)
    editor.get_by_role("button", name="Toggle preview").click()
    shown = editor.frame_locator("iframe#w-preview-iframe")
    with editor.expect_response(lambda answer: "/leaving/?" in answer.url) as fetched:
        shown.locator("main a[data-crossing=third-party]").first.click()
    assert fetched.value.status == 200
    stranger = browser.new_context()
    assert context.request.get(fetched.value.url).status == 200
    assert stranger.request.get(fetched.value.url).status == 404
    stranger.close()

"""Two people in one page's editor, and one person whom autosave must not get in the way of."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, Response, expect

from home.models import StandardPage
from tests.cases import first_cases

from .axe import Axe
from .conftest import sign_in
from .put_back import put_back
from .test_review import RULES

PATIENCE = 30_000  # milliseconds, for a save and what is loaded after it


@pytest.fixture
def about(django_db_blocker) -> Iterator[StandardPage]:
    """A live European page, put back as it was."""
    with django_db_blocker.unblock():
        page = StandardPage.objects.get(url_path="/regions/eu/about/", locale__language_code="en")
        with put_back(page):
            yield page


@pytest.fixture
def editor(page: Page, about: StandardPage) -> Page:
    """The browser in which the European editor has the page's editor open."""
    return opened(page, "eu-editor", about)


@pytest.fixture
def colleague(browser: Browser, base_url: str, about: StandardPage) -> Iterator[Page]:
    """Another browser, in which an administrator has it open as well."""
    context = browser.new_context(base_url=base_url)
    yield opened(context.new_page(), "admin", about)
    context.close()


def opened(page: Page, person: str, thing: StandardPage) -> Page:
    """Sign `person` in to the editor of `thing`."""
    sign_in(page, person)
    page.add_init_script(
        "addEventListener('w-unsaved:watch-edits', () => { document.body.dataset.watched = '' })"
    )
    page.goto(f"/admin/pages/{thing.pk}/edit/")
    return page


def title(editor: Page) -> Locator:
    return editor.get_by_placeholder("Page title*")


def write(editor: Page, words: str) -> None:
    """Have `words` for the title, once the form is at work."""
    expect(editor.locator("[data-watched]")).to_be_attached()
    title(editor).fill(words)


def autosave(editor: Page) -> None:
    """Have the form do what it does when it finds a change, whenever it looks for one."""
    editor.locator("[data-edit-form]").dispatch_event("w-unsaved:add", {"detail": {"type": "edits"}})


def save(editor: Page) -> None:
    editor.get_by_role("button", name="Save draft", exact=True).first.click()


def check_saved(editor: Page, words: str) -> None:
    expect(editor.get_by_text("has been updated")).to_be_visible(timeout=PATIENCE)
    expect(title(editor)).to_have_value(words)


def is_autosave(sent: Request) -> bool:
    asks_for_json = "application/json" in sent.headers.get("accept", "")
    return sent.method == "POST" and sent.url.endswith("/edit/") and asks_for_json


def is_autosaved(answer: Response) -> bool:
    return is_autosave(answer.request) and answer.ok


def test_what_autosave_has_saved_is_saved_by_hand_without_a_word_of_a_newer_draft(editor):
    for words in ("About us, once", "About us, twice"):
        write(editor, words)
        with editor.expect_response(is_autosaved):
            autosave(editor)
        save(editor)
        check_saved(editor, words)


def test_a_save_while_autosave_is_under_way_waits_for_it(editor):
    write(editor, "About us, at once")
    with editor.expect_request(is_autosave):
        autosave(editor)
    save(editor)
    check_saved(editor, "About us, at once")


@first_cases("width", [320, 1280])
def test_a_colleagues_newer_draft_is_shown_beside_ones_own_words(editor, colleague, width):
    write(colleague, "About the colleague")
    save(colleague)
    check_saved(colleague, "About the colleague")

    # Where the form has heard of the newer draft already, it asks whether to save all the same.
    asked = editor.get_by_role("dialog", name="admin saved a new version")
    editor.add_locator_handler(asked, lambda: asked.get_by_role("button", name="Save draft").click())
    editor.set_viewport_size({"width": width, "height": 900})
    write(editor, "About my own words")
    save(editor)
    panel = editor.get_by_role("region", name="Not saved: there is a newer draft")
    expect(panel).to_contain_text("admin saved a newer draft on", timeout=PATIENCE)
    expect(panel.locator("del")).to_contain_text("the colleague")
    expect(panel.locator("ins")).to_contain_text("my own words")
    expect(title(editor)).to_have_value("About my own words")
    found = Axe().run(editor, context=".newer-draft", options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()

    panel.get_by_label("I have seen the newer draft").check()
    save(editor)
    check_saved(editor, "About my own words")

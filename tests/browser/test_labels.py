"""An editor names a product where it is not approved: warned while writing, refused, and helped."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from home.models import StandardPage

from .conftest import sign_in
from .put_back import put_back

pytestmark = pytest.mark.long


@pytest.fixture
def about(django_db_blocker) -> Iterator[StandardPage]:
    """A live page of the region in which the product is not approved."""
    with django_db_blocker.unblock():
        page = StandardPage.objects.get(url_path__endswith="/ca/about/", locale__language_code="en")
        with put_back(page):
            yield page


@pytest.fixture
def editor(page: Page) -> Page:
    """A browser in which that region's editor has signed in."""
    return sign_in(page, "ca-editor")


def write(editor: Page, words: str) -> None:
    """Have `words` for the whole introduction."""
    editor.locator("[data-contentpath=intro] [contenteditable=true]").click()
    editor.keyboard.press("Control+A")
    editor.keyboard.type(words)
    expect(editor.locator("input[name=intro]")).to_have_value(re.compile(re.escape(words)))


def save(editor: Page) -> None:
    editor.get_by_role("button", name="Save draft", exact=True).click()
    expect(editor.get_by_text("has been updated")).to_be_visible()


def submit(editor: Page) -> None:
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name=re.compile("Submit to")).click()


def test_an_editor_is_warned_refused_and_helped(editor, about, django_db_blocker):
    editor.goto(f"/admin/pages/{about.pk}/edit/")
    write(editor, "We make SIR-Spheres®.")
    save(editor)
    editor.get_by_role("button", name="Toggle findings").click()
    panel = editor.locator("[data-side-panel=findings]")
    expect(panel).to_contain_text("1 name without a label")
    expect(panel).to_contain_text("The label of Canada for it says “not approved”.")
    expect(panel).to_contain_text("Remove the name: the product is not approved there.")

    submit(editor)
    field = editor.locator("[data-contentpath=intro]")
    expect(field).to_contain_text("“SIR-Spheres” in “Introduction”")
    expect(field).to_contain_text("We make SIR-Spheres®.")

    write(editor, "We make treatments.")
    save(editor)
    expect(panel).to_contain_text("This draft names no product.")
    submit(editor)
    expect(editor.get_by_text(re.compile("has been submitted for review"))).to_be_visible()
    with django_db_blocker.unblock():
        page = StandardPage.objects.get(pk=about.pk)
        assert page.current_workflow_state is not None
        page.current_workflow_state.cancel()

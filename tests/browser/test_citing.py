"""An editor cites a reference with the button of the toolbar, and the page shows its number."""

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from therapies.models import EvidencePage, Reference

from .put_back import put_back

TEXT = "Ash A et al. Liver 2020; 1: 2–3."


@pytest.fixture
def evidence(django_db_blocker) -> EvidencePage:
    """A European page that cites nothing, and a reference to cite; both are as they were afterwards."""
    with django_db_blocker.unblock():
        page = EvidencePage.objects.get(
            url_path__endswith="/eu/clinical-evidence/", locale__language_code="en"
        )
        Reference.objects.get_or_create(text=TEXT)
        with put_back(page):
            page.body = json.dumps(
                [{"type": "section", "value": {"heading": "Results", "text": "<p>It helps.</p>"}}]
            )
            page.save_revision()
            yield page
        Reference.objects.filter(text__startswith="Ash A").delete()


def text_field(editor: Page) -> Locator:
    return editor.locator("[data-contentpath=body] [contenteditable=true]").first


def press_cite(editor: Page) -> Locator:
    """Select the text, press the button that then appears, and return the dialog."""
    text_field(editor).click()
    editor.keyboard.press("Control+A")
    editor.get_by_role("button", name="Cite a reference").click()
    dialog = editor.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def cite(editor: Page) -> None:
    """Cite the reference, until the form has taken it in."""
    press_cite(editor).get_by_role("link", name=TEXT).click()
    expect(editor.get_by_role("dialog")).to_have_count(0)
    expect(text_field(editor)).to_contain_text("It helps.Ash 2020")
    # The editor hands its text to the form a moment after the last change.
    taken = editor.locator("input[name=body-0-value-text]")
    expect(taken).to_have_value(re.compile("REFERENCE"))


def save(editor: Page) -> None:
    editor.get_by_role("button", name="Save draft", exact=True).click()
    expect(editor.get_by_text("has been updated")).to_be_visible()


def test_an_editor_cites_a_reference_and_sees_its_number(evidence, editor: Page):
    editor.goto(f"/admin/pages/{evidence.pk}/edit/")
    cite(editor)
    save(editor)
    editor.goto(f"/admin/pages/{evidence.pk}/view_draft/")
    number = editor.locator("sup a")
    expect(number).to_have_text("1")
    expect(number).to_have_accessible_name("Reference 1")
    number.click()
    entry = editor.locator("#reference-1")
    expect(entry).to_be_in_viewport()
    expect(entry).to_contain_text(TEXT)
    back = entry.locator("[role=doc-backlink]")
    box = back.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    back.click()
    expect(number).to_be_in_viewport()
    expect(editor).to_have_url(re.compile("#cited-1-1$"))


def test_an_editor_adds_the_reference_while_citing(evidence, editor: Page):
    editor.goto(f"/admin/pages/{evidence.pk}/edit/")
    dialog = press_cite(editor)
    dialog.get_by_role("tab", name="New reference").click()
    dialog.get_by_label("Citation").fill("Ash A. Second study. Liver 2021.")
    dialog.get_by_role("button", name="Add").click()
    expect(editor.get_by_role("dialog")).to_have_count(0)
    expect(text_field(editor)).to_contain_text("It helps.Ash 2021")


def test_a_citation_stays_when_it_is_saved_and_opened_again(evidence, editor: Page):
    editor.goto(f"/admin/pages/{evidence.pk}/edit/")
    cite(editor)
    save(editor)
    editor.reload()
    expect(text_field(editor).get_by_role("button")).to_have_text("Ash 2020")

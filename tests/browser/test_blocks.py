"""Blocks as visitors and editors meet them: on phones, by keyboard, printed, with scripts and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from home.models import RegionHomePage
from tests.home.blocks_in_preview import BLOCKS

from .axe import Axe

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def browser_context_args(browser_context_args, request) -> dict:
    """Leave scripts out where the test asks for both."""
    is_on = request.getfixturevalue("scripts") if "scripts" in request.fixturenames else True
    return {**browser_context_args, "java_script_enabled": is_on}


def test_every_block_fits_a_phone_and_axe_finds_nothing(editor: Page):
    editor.set_viewport_size({"width": 320, "height": 800})
    found = {}
    for name, block in BLOCKS.items():
        editor.goto(f"/admin/block-preview/?id={block.definition_prefix}")
        violations = Axe().run(editor, options=RULES)
        width = editor.evaluate("document.documentElement.scrollWidth")
        if violations.violations_count or width > 320:
            found[name] = (width, violations.generate_report())
    assert found == {}


def test_a_term_is_explained_over_the_text(page: Page, scripts):
    page.goto("/eu/")
    term = page.get_by_role("button", name="labels")
    explanation = page.get_by_text("What the authorities of a region have approved")
    expect(explanation).to_be_hidden()
    term.press("Enter")
    expect(explanation).to_be_visible()
    page.keyboard.press("Escape")
    expect(explanation).to_be_hidden()
    expect(page).to_have_url(re.compile(r"/eu/$"))


def test_an_answer_opens(page: Page, scripts):
    page.goto("/eu/contact/")
    answer = page.get_by_text("Because approved labels differ from region to region.", exact=True)
    expect(answer).to_be_hidden()
    page.get_by_text("Why does each region have its own pages?").click()
    expect(answer).to_be_visible()


def test_printed_all_answers_and_explanations_are_there(page: Page):
    page.emulate_media(media="print")
    page.goto("/eu/contact/")
    answer = page.get_by_text("Because approved labels differ from region to region.", exact=True)
    assert answer.bounding_box()["height"] > 0
    page.goto("/eu/")
    expect(page.get_by_text("What the authorities of a region have approved")).to_be_visible()


def test_a_table_is_reached_by_keyboard(page: Page):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto("/eu/clinical-evidence/")
    table = page.get_by_role("region", name="The published article at a glance")
    table.focus()
    expect(table).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_an_editor_explains_a_term(editor: Page, django_db_blocker):
    with django_db_blocker.unblock():
        home = RegionHomePage.objects.get(region__code="eu", locale__language_code="en").pk
    editor.goto(f"/admin/pages/add/home/standardpage/{home}/")
    text = editor.locator("[data-contentpath=intro] [contenteditable=true]")
    text.click()
    editor.keyboard.type("microsphere")
    editor.keyboard.press("Control+A")
    editor.get_by_role("button", name="Explain a term").click()
    dialog = editor.get_by_role("dialog", name="Explain a term")
    dialog.get_by_label("What does it mean?").fill("A very small bead.")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    stored = editor.locator("[name=intro]")
    expect(stored).to_have_value(re.compile('"explanation":"A very small bead."'))


def test_the_style_guide_shows_the_blocks(editor: Page):
    editor.goto("/admin/style-guide/")
    frame = editor.frame_locator("iframe[title='Table']")
    expect(frame.get_by_role("table", name="Who to ask for what")).to_be_visible()
    expect(editor.get_by_role("heading", name="Questions and answers")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_style_guide_shows_each_block_whole(editor: Page, width):
    """As high as it is: nothing is cut off, and no room is left empty below it."""
    editor.set_viewport_size({"width": width, "height": 900})
    editor.goto("/admin/style-guide/")
    frames = editor.locator(".style-guide iframe")
    for frame in frames.all():
        frame.scroll_into_view_if_needed()
        main = frame.content_frame.locator("main")
        expect(main).to_be_visible()
        height = main.evaluate("(main) => main.offsetHeight")
        expect(frame).to_have_js_property("clientHeight", height)


def test_an_editor_marks_a_phrase_in_another_language(editor: Page, django_db_blocker):
    with django_db_blocker.unblock():
        home = RegionHomePage.objects.get(region__code="eu", locale__language_code="en").pk
    editor.goto(f"/admin/pages/add/home/standardpage/{home}/")
    text = editor.locator("[data-contentpath=intro] [contenteditable=true]")
    text.click()
    editor.keyboard.type("Nebenwirkungen")
    editor.keyboard.press("Control+A")
    for language, mark in (("Deutsch", "LANGUAGE-de"), ("français", "LANGUAGE-fr"), ("The language", "")):
        editor.get_by_role("button", name="Mark a phrase in another language").click()
        dialog = editor.get_by_role("dialog", name="Mark a phrase in another language")
        field = dialog.get_by_label("Which language is it in?")
        field.select_option(field.get_by_role("option", name=language).get_attribute("value"))
        dialog.get_by_role("button", name="Save").click()
        expect(dialog).to_be_hidden()
        styles = rf'"inlineStyleRanges":\[[^\]]*"{mark}"' if mark else r'"inlineStyleRanges":\[\]'
        expect(editor.locator("[name=intro]")).to_have_value(re.compile(styles))
        text.focus()

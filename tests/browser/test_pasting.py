"""What editors paste from elsewhere is cleaned and kept; what cannot be kept is told."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from home.blocks.features import CELL_FEATURES, TEXT_FEATURES
from home.models import RegionHomePage

# Each case: from which program, what, the clipboard's HTML and plain text; the text as the editor keeps
# it, the tables that follow (caption, columns with their kinds, rows), and words that the editor is told.
# Those of LibreOffice were copied from it; those of Chromium are copied in the test. The others were written
# after the formats that their programs publish, and were not copied from these.
CASES = json.loads((Path(__file__).parent / "clipboards.json").read_text("utf-8"))
# Puts raw HTML on the clipboard, as programs do: what a page writes there itself, browsers clean.
PUT = """([html, plain]) => document.addEventListener("copy", (event) => {
  if (html) event.clipboardData.setData("text/html", html);
  event.clipboardData.setData("text/plain", plain);
  event.preventDefault();
  event.stopImmediatePropagation();
}, { once: true, capture: true })"""
BLOCK = {"key": "a", "text": "", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
EMPTY = json.dumps({"blocks": [BLOCK], "entityMap": {}})
STREAM = """document.getElementById("body-root").rootBlock"""
BEGIN = f"""([text]) => {STREAM}.setState(
  [{{ type: "section", id: crypto.randomUUID(), value: {{ heading: "", text }} }}])"""
STATE = f"""() => JSON.parse(JSON.stringify({STREAM}.getState(), function (key, value) {{
  const content = this[key]?.getCurrentContent?.();
  return content ? JSON.stringify(window.DraftJS.convertToRaw(content)) : value;
}}))"""
# Playwright's own waiting evaluates a text within the page, which the admin's policy forbids.
UNTIL = """(wrapper) => new Promise((resolve) => {
  const end = Date.now() + 10_000;
  const look = () => (%s || Date.now() > end ? resolve() : requestAnimationFrame(look));
  look();
})"""
IS_THERE = UNTIL % "document.getElementById('body-root')?.rootBlock"
IS_PASTED = UNTIL % (
    "wrapper.querySelector('[data-text]')?.textContent || document.querySelector('.typed-table-block')"
)


@pytest.fixture
def new_page(editor: Page, django_db_blocker) -> Page:
    """The form of a new European page, which is never saved."""
    with django_db_blocker.unblock():
        home = RegionHomePage.objects.get(region__code="eu", locale__language_code="en").pk
    editor.goto(f"/admin/pages/add/home/standardpage/{home}/")
    editor.evaluate(IS_THERE)
    return editor


def stored(state: str | dict, features: list[str]) -> str:
    """Return a text in the editor as it would be stored."""
    raw = state if isinstance(state, str) else json.dumps(state)
    html = ContentstateConverter(features).to_database_format(raw)
    return re.sub(r' data-block-key="[^"]*"', "", html).removesuffix("<p></p>")


def table_of(value: dict) -> list:
    """Return the table block of `value` as the cases have it."""
    columns = [[column["type"], column["heading"]] for column in value["columns"]]
    kinds = [kind for kind, _heading in columns]
    rows = [
        [
            stored(cell, CELL_FEATURES) if kind == "text" else cell
            for kind, cell in zip(kinds, cells, strict=True)
        ]
        for cells in (row["values"] for row in value["rows"])
    ]
    return [value["caption"], columns, rows]


def paste(page: Page) -> tuple[str, list, str]:
    """Paste into the empty text of a section; return its text, the tables after it, and what was told."""
    page.evaluate(BEGIN, [EMPTY])
    page.locator("[data-contentpath=body] [contenteditable=true]").first.click()
    page.keyboard.press("Control+V")
    wrapper = page.locator("[data-contentpath=body] [data-draftail-editor-wrapper]").first
    wrapper.evaluate(IS_PASTED)
    section, *tables = page.evaluate(STATE)
    told = wrapper.locator(".pasting-told")
    text = stored(section["value"]["text"], TEXT_FEATURES)
    return text, [table_of(table["value"]) for table in tables], told.inner_text() if told.count() else ""


def check(case: dict, pasted: tuple[str, list, str]) -> str:
    """Return what is wrong with what was pasted, blank if nothing is."""
    text, tables, told = pasted
    is_told = case["told"] in told if "told" in case else not told
    if is_told and (text, tables) == (case["text"], case.get("tables", [])):
        return ""
    return f"{case['source']}, {case['what']}: {text!r} {tables!r} {told!r}"


def of(*sources: str) -> list[dict]:
    return [case for case in CASES if case["source"] in sources]


def copy_raw(page: Page, case: dict) -> None:
    """Put the case on the clipboard as its program does."""
    page.evaluate(PUT, [case["html"], case.get("plain", "plain")])
    page.keyboard.press("Control+C")


SOURCES = {case["source"] for case in CASES} - {"Chromium"}


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_what_is_pasted_is_kept_or_told(new_page: Page, source):
    found = []
    for case in of(source):
        copy_raw(new_page, case)
        found.append(check(case, paste(new_page)))
    assert [one for one in found if one] == []


def test_what_is_copied_in_chromium_is_kept_or_told(new_page: Page):
    other = new_page.context.new_page()
    found = []
    for case in of("Chromium"):
        other.set_content(case["html"])
        other.bring_to_front()
        other.keyboard.press("Control+A")
        other.keyboard.press("Control+C")
        new_page.bring_to_front()
        found.append(check(case, paste(new_page)))
    assert [one for one in found if one] == []

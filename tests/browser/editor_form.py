"""The form of a page as an editor works with it in Chromium: blocks, tables, files, and the way to legal."""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import FilePayload, Locator, Page, expect

from region_gate import clock

from .conftest import sign_in

BODY = "#body-root"
CONTAINER = "> [data-streamfield-stream-container]"


def sign_in_as(page: Page, username: str) -> None:
    """Have another person sit down at the browser."""
    page.context.clear_cookies()
    sign_in(page, username)


def open_editor(page: Page, number: int) -> None:
    """Open the form of the page with the key `number`."""
    page.goto(f"/admin/pages/{number}/edit/")


def write_rich(field: Locator, words: str) -> None:
    """Have `words` for the whole of a rich text, until the form has taken them in."""
    field.locator("[contenteditable=true]").click()
    field.page.keyboard.press("Control+A")
    field.page.keyboard.type(words)
    stored = field.locator("input[type=hidden]").last
    expect(stored).to_have_value(re.compile(re.escape(words)))


def part(block: Locator, name: str) -> Locator:
    """Return a block's part by its name."""
    return block.locator(f"[data-contentpath={name}]").first


def insert(page: Page, kind: str) -> Locator:
    """Add a block of the `kind` that the list of blocks names, at the end of the body; return it."""
    return _inserted(page, BODY, lambda: page.get_by_role("option", name=kind, exact=True).click())


def add_to_menu(page: Page, menu: str, title: str) -> None:
    """Add the page called `title` at the end of one of a home page's menus."""
    block = _inserted(page, f"#{menu}-root", lambda: None)
    choose(block, "Choose a page", lambda dialog: dialog.get_by_role("link", name=title, exact=True).click())


def _inserted(page: Page, stream: str, choosing: Callable[[], None]) -> Locator:
    blocks = page.locator(f"{stream} {CONTAINER} > [data-streamfield-child]")
    before = blocks.count()
    page.locator(f"{stream} {CONTAINER} > div > .c-sf-add-button").last.click()
    choosing()
    expect(blocks).to_have_count(before + 1)
    return blocks.last


def add_table(page: Page, caption: str, columns: dict[str, str], rows: list[list[str]]) -> None:
    """Add a table of plain cells: `columns` are their kinds by their headings."""
    table = insert(page, "Table")
    table.get_by_label("Caption").fill(caption)
    for heading, kind in columns.items():
        table.get_by_role("button", name=re.compile("column")).last.click()
        page.get_by_role("button", name=kind, exact=True).click()
        table.get_by_placeholder("Column heading").last.fill(heading)
    for number, row in enumerate(rows):
        if number:  # the first is there with the first column
            table.get_by_role("button", name="Add row", exact=True).click()
        cells = table.locator("tbody tr").last.locator("input[type=text]")
        for place, words in enumerate(row):
            cells.nth(place).fill(words)


def choose(place: Locator, button: str, choosing: Callable[[Locator], None]) -> None:
    """Press the `button` that opens a chooser, and choose something in it."""
    place.get_by_role("button", name=button).click()
    dialog = place.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    choosing(dialog)
    expect(dialog).to_have_count(0)


def uploading(file: FilePayload, title: str) -> Callable[[Locator], None]:
    """Return how a file is uploaded in a chooser, and chosen at once."""

    def upload(dialog: Locator) -> None:
        dialog.get_by_role("tab", name="Upload").click()
        dialog.locator("input[type=file]").set_input_files(file)
        dialog.get_by_label("Title").fill(title)
        dialog.get_by_role("button", name="Upload").click()

    return upload


def save(page: Page) -> None:
    """Save the draft, and see that it was."""
    page.get_by_role("button", name="Save draft", exact=True).first.click()
    expect(page.get_by_text(re.compile("has been (updated|created)"))).to_be_visible()


def findings(page: Page) -> Locator:
    """Open what was found in the draft, and return it."""
    panel = page.locator("[data-side-panel=findings]")
    if not panel.is_visible():
        page.get_by_role("button", name="Toggle findings").click()
    expect(panel).to_be_visible()
    return panel


def send(page: Page, button: str = "Submit to") -> None:
    """Send the draft to legal."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=re.compile(button)).click()
    expect(page.get_by_text(re.compile("submitted for review"))).to_be_visible()


def review(page: Page, title: str) -> None:
    """Sign legal in, and open on their first page what waits there, by its title."""
    sign_in_as(page, "eu-legal")
    waiting = page.locator("#work-waiting")
    waiting.get_by_role("link", name=re.compile(re.escape(title))).first.click()


def approve(page: Page, title: str, code: str) -> None:
    """Approve as legal what waits, from their first page on."""
    review(page, title)
    page.get_by_label("Approval code").fill(code)
    page.get_by_label("Review by").fill((clock.today() + timedelta(days=365)).isoformat())
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text("has been approved")).to_be_visible()

"""An editor's whole day: a new page from its topic to its translations, and all else of a region."""

import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from playwright.sync_api import FilePayload, FrameLocator, Locator, Page, expect
from wagtail.images.tests.utils import get_test_image_file

from tests.therapies.pdfs import pdf_saying
from therapies.models import TherapyPage, Topic

from .editor_form import (
    add_table,
    add_to_menu,
    approve,
    choose,
    findings,
    insert,
    open_editor,
    part,
    review,
    save,
    send,
    sign_in_as,
    uploading,
    write_rich,
)

pytestmark = pytest.mark.long

TOPIC, TITLE, ADDRESS = (
    "Bone metastases",
    "Bone metastases in short",
    "/eu/therapies/bone-metastases-in-short/",
)
TITLES = {"de": "Knochenmetastasen in Kürze", "fr": "Les métastases osseuses en bref"}
INTROS = {"de": "Was wir heute darüber wissen.", "fr": "Ce que nous en savons aujourd’hui."}
REASON = "Say for whom this is."
SOURCE = "Ash A et al. Bones and the liver. Liver 2020; 1: 2–3."
MAX_WAIT = 60_000  # milliseconds: to approve a home page is to record all pages of its region
PHONE = 375  # pixels, as the preview has it


@pytest.fixture
def faults(page: Page) -> Iterator[list[str]]:
    """What has gone wrong in the admin's scripts: nothing, at the end of the test."""
    found: list[str] = []
    page.set_default_timeout(MAX_WAIT)
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
    yield found
    assert found == []


def file(name: str, kind: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": content}


PICTURE = file("liver.png", "image/png", get_test_image_file(size=(1200, 800)).file.getvalue())
FILM = file("walk.mp4", "video/mp4", b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom")
CAPTIONS = file("walk.vtt", "text/vtt", b"WEBVTT\n\n00:00.000 --> 00:02.000\nWelcome.\n")
LEAFLET = file("leaflet.pdf", "application/pdf", pdf_saying("What to expect"))


def begin(page: Page) -> None:
    """Have the editor go from their first page to the form of a new therapy page, and propose its topic."""
    page.get_by_role("link", name="Pages in English").click()
    page.get_by_role("link", name="Explore child pages of 'Therapies'").click()
    page.get_by_role("link", name="Add child page").click()

    def propose(dialog: Locator) -> None:
        dialog.get_by_role("tab", name="Propose a topic").click()
        dialog.get_by_role("textbox", name="Topic").fill(TOPIC)
        dialog.get_by_role("button", name="Propose").click()

    choose(page.locator("[data-contentpath=topic]"), "Choose topic", propose)
    expect(page.locator("[data-contentpath=topic]")).to_contain_text(TOPIC)
    page.get_by_placeholder("Page title*").fill(TITLE)


def compose(page: Page) -> None:
    """Have the editor write the page: text with a citation, table, figure, video, downloads, references."""
    write_rich(part(page.locator("form"), "intro"), "What we know today.")
    section = insert(page, "Section")
    section.get_by_label("Heading").fill("What is known")
    write_rich(part(section, "text"), "Bones may be affected.")
    cite(page, section)
    columns = {"Group": "Row headings", "People": "Numbers"}
    add_table(page, "Who took part", columns, [["Women", "12"], ["Men", "14"]])
    figure = insert(page, "Figure")
    choose(part(figure, "image"), "Choose an image", uploading(PICTURE, "The liver"))
    figure.get_by_label("Alt text").fill("A drawing of the liver and its vessels")
    figure.get_by_label("Caption").fill("The liver and its vessels")
    video = insert(page, "Video")
    part(video, "title").get_by_role("textbox").fill("A walk through the clinic")
    choose(part(video, "file"), "Choose a document", uploading(FILM, "The walk"))
    choose(part(video, "captions"), "Choose a document", uploading(CAPTIONS, "Captions of the walk"))
    write_rich(part(video, "transcript"), "Welcome. This is where you arrive.")
    downloads = insert(page, "Downloads")
    part(downloads, "heading").get_by_role("textbox").fill("To take away")
    choose(part(downloads, "document"), "Choose a document", uploading(LEAFLET, "What to expect"))
    references = insert(page, "Reference list")
    part(references, "heading").get_by_role("textbox").fill("To read on")
    choose(references, "Choose reference", lambda dialog: dialog.get_by_role("link", name=SOURCE).click())
    save(page)


def cite(page: Page, section: Locator) -> None:
    """Have the editor cite a source that is not in the library yet."""
    text = part(section, "text")
    text.locator("[contenteditable=true]").click()
    page.keyboard.press("Control+A")
    page.get_by_role("button", name="Cite a reference").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="New reference").click()
    dialog.get_by_label("Citation").fill(SOURCE)
    dialog.get_by_role("button", name="Add").click()
    expect(dialog).to_have_count(0)
    expect(text).to_contain_text("Ash 2020")


def preview_on_a_phone(page: Page) -> None:
    """Have the editor look at the draft as phones show it: all of it there, and nothing wider than that."""
    page.get_by_role("button", name="Toggle preview").click()
    page.get_by_role("radio", name="Preview in mobile size").check(force=True)
    frame = page.locator("iframe#w-preview-iframe")
    expect(frame).to_have_js_property("clientWidth", PHONE)
    shown = page.frame_locator("iframe#w-preview-iframe")
    check_shown(shown)
    assert shown.locator("html").evaluate("(root) => root.scrollWidth") <= PHONE
    page.get_by_role("button", name="Toggle preview").click()


def check_shown(shown: Page | FrameLocator) -> None:
    """See all that the page is made of."""
    expect(shown.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    expect(shown.get_by_role("cell", name="12")).to_be_visible()
    expect(shown.get_by_role("img", name="A drawing of the liver and its vessels")).to_be_visible()
    expect(shown.locator("video track")).to_have_count(1)
    expect(shown.get_by_text("Welcome. This is where you arrive.")).to_be_hidden()
    expect(shown.get_by_role("link", name=re.compile("What to expect"))).to_be_visible()
    expect(shown.get_by_role("heading", name="To read on")).to_be_visible()
    expect(shown.locator("#reference-1")).to_contain_text(SOURCE)


def send_back(page: Page) -> None:
    """Have legal ask for changes, from their first page on."""
    review(page, TITLE)
    page.get_by_label("Reason").fill(REASON)
    page.get_by_role("button", name="Request changes").click()
    expect(page.get_by_text("goes back")).to_be_visible()


def mend(page: Page) -> None:
    """Have the editor find the page with its reason on their first page, mend it, and send it again."""
    sign_in_as(page, "eu-editor")
    sent_back = page.locator("#work-sent-back")
    expect(sent_back).to_contain_text(REASON)
    sent_back.get_by_role("link", name=re.compile(TITLE)).click()
    expect(findings(page)).to_contain_text(REASON)
    write_rich(part(page.locator("form"), "intro"), "What we know today, for patients.")
    send(page, "Resubmit to")


def translate(page: Page) -> None:
    """Have the editor begin the page in both further languages at once."""
    sign_in_as(page, "eu-editor")
    open_editor(page, of("en").pk)
    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="Translate", exact=True).click()
    for language in ("German", "French"):
        page.get_by_label(language).check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Drafts of “Bone metastases in short” to translate")).to_be_visible()
    page.locator(".messages").get_by_role("link", name="German").click()
    expect(page).to_have_url(re.compile(f"/admin/pages/{of('de').pk}/edit/"))


def write_in(page: Page, language: str) -> None:
    """Have the editor put a draft's title and introduction into its language, and send it."""
    sign_in_as(page, "eu-editor")
    open_editor(page, of(language).pk)
    expect(findings(page)).to_contain_text("passages are still English")
    page.get_by_placeholder("Page title*").fill(TITLES[language])
    write_rich(part(page.locator("form"), "intro"), INTROS[language])
    send(page)


def change(page: Page) -> None:
    """Have the English page say something else, approved."""
    sign_in_as(page, "eu-editor")
    open_editor(page, of("en").pk)
    write_rich(part(page.locator("form"), "intro"), "What we know this year.")
    send(page)
    approve(page, TITLE, "EU-DAY-4")


def catch_up(page: Page) -> None:
    """Have the editor find the German page behind on their first page, and take the change over."""
    sign_in_as(page, "eu-editor")
    behind = page.locator("#work-translations")
    expect(behind).to_contain_text(TITLES["fr"])
    behind.get_by_role("link", name=re.compile(TITLES["de"])).click()
    expect(page.locator(".adapting-change ins").first).to_contain_text("this year")
    page.get_by_role("link", name="Edit the page").click()
    write_rich(part(page.locator("form"), "intro"), "Was wir in diesem Jahr wissen.")
    findings(page).get_by_label(re.compile("I have taken over the changes up to")).check()
    send(page)
    approve(page, TITLES["de"], "EU-DAY-5")
    sign_in_as(page, "eu-editor")
    expect(behind).to_contain_text(TITLES["fr"])
    expect(behind).not_to_contain_text(TITLES["de"])


def adapt(page: Page) -> None:
    """Have Canada's editor begin with the European page, from where pages are added."""
    sign_in_as(page, "ca-editor")
    page.get_by_role("link", name="Pages in English").click()
    page.get_by_role("link", name="Explore child pages of 'Therapies'").click()
    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="Use a page of another region").click()
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_label("Region and language")).to_contain_text("Canada – English")
    page.get_by_role("button", name="Make a draft of Canada").click()
    expect(page.get_by_text("is now a draft of Canada, taken over from Europe.")).to_be_visible()
    send(page)


def of(language: str) -> TherapyPage:
    """Return the page in one of its languages."""
    topic = Topic.objects.get(name=TOPIC)
    return TherapyPage.objects.get(topic=topic, locale__language_code=language, url_path__contains="/eu/")


def test_a_page_is_written_reviewed_translated_and_caught_up(page: Page, site_apart, faults):
    # A new topic and page, looked at on a phone, and sent.
    sign_in_as(page, "eu-editor")
    begin(page)
    compose(page)
    preview_on_a_phone(page)
    send(page)

    # Legal sends it back with a reason; the editor mends it; legal approves.
    send_back(page)
    mend(page)
    approve(page, TITLE, "EU-DAY-1")
    page.goto(ADDRESS)
    check_shown(page)
    expect(page.get_by_text("What we know today, for patients.")).to_be_visible()

    # It is translated to German and French.
    translate(page)
    for number, (language, title) in enumerate(TITLES.items(), start=2):
        write_in(page, language)
        approve(page, title, f"EU-DAY-{number}")
        page.goto(of(language).url)
        expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()

    # The English page changes, the German one catches up, and Canada begins with it.
    change(page)
    catch_up(page)
    adapt(page)


def compose_the_frame(page: Page) -> None:
    """Have the editor change the menu and the contact, from their first page on."""
    sign_in_as(page, "eu-editor")
    page.get_by_role("link", name=re.compile("Menus and contact.*English")).click()
    for title in ("About us", "Therapies"):
        add_to_menu(page, "menu", title)
    page.get_by_label("Organisation").fill("Sirtex in Europe")
    page.locator("[name=telephone]").fill("+49 228 123456")
    send(page)


def ask_to_take_down(page: Page, title: str) -> None:
    """Have the editor ask legal to take a page down, from the list of pages."""
    sign_in_as(page, "eu-editor")
    page.get_by_role("link", name="Pages in English").click()
    page.get_by_role("button", name=f"More options for '{title}'").click()
    page.get_by_role("link", name="Ask legal to take it down").click()
    page.get_by_label("Reason").fill("The company has moved.")
    page.get_by_role("button", name="Ask legal").click()


def take_down(page: Page, title: str) -> None:
    """Have legal find the request on their first page, and follow it."""
    sign_in_as(page, "eu-legal")
    asked = page.locator("#work-take-downs")
    expect(asked).to_contain_text("The company has moved.")
    asked.get_by_role("link", name=re.compile(title)).click()
    page.get_by_role("button", name="Take down now").click()
    expect(page).to_have_url(re.compile("/admin/$"))


def test_a_region_gets_another_menu_and_contact_and_an_old_page_comes_down(page: Page, site_apart, faults):
    compose_the_frame(page)
    approve(page, "Europe", "EU-DAY-6")
    page.goto("/eu/contact/")
    menu = page.get_by_role("navigation", name="Main").get_by_role("link")
    expect(menu).to_have_text(["About us", "Therapies"])
    expect(page.get_by_role("contentinfo")).to_contain_text("+49 228 123456")

    ask_to_take_down(page, "About us")
    take_down(page, "About us")
    answer = page.goto("/eu/about/")
    assert answer
    assert answer.status == HTTPStatus.GONE
    page.goto("/eu/contact/")
    expect(menu).to_have_text(["Therapies"])

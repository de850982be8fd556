"""Legal decides on the reviewer's screen: on a phone, in the dark, with axe watching, and without scripts."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from wagtail.models import TaskState

from tests.cases import first_cases
from therapies.models import TherapyPage

from .axe import Axe
from .conftest import sign_in
from .put_back import put_back

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def step(django_db_blocker) -> Iterator[TaskState]:
    """The step in which a changed therapy page waits for the European legal team."""
    with django_db_blocker.unblock():
        therapy = TherapyPage.objects.get(url_path__startswith="/regions/eu/therapies/liver-m")
        editor = get_user_model().objects.get(username="eu-editor")
        with put_back(therapy):
            therapy.intro = "<p>Another introduction.</p>"
            therapy.save_revision(user=editor)
            therapy.get_workflow().start(therapy, editor)
            yield TherapyPage.objects.get(pk=therapy.pk).current_workflow_task_state


@first_cases("width", [320, 1280])
@first_cases("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_screen_and_the_way_to_it(page: Page, step, scheme, width):
    legal = sign_in(page, "eu-legal")
    legal.set_viewport_size({"width": width, "height": 800})
    legal.emulate_media(color_scheme=scheme)
    for address, part in (("/admin/", "#work-waiting"), (f"/admin/review/{step.pk}/", ".review")):
        legal.goto(address)
        expect(legal.locator(part)).to_be_visible()
        found = Axe().run(legal, options={"runOnly": RULES})
        assert found.violations_count == 0, found.generate_report()
        box = legal.locator(part).bounding_box()
        assert box["x"] + box["width"] <= width


def test_without_scripts_a_reason_is_asked_for_and_taken(browser: Browser, base_url, page: Page, step):
    sign_in(page, "eu-legal")
    state = page.context.storage_state()
    plain = browser.new_context(base_url=base_url, java_script_enabled=False, storage_state=state).new_page()
    plain.goto(f"/admin/review/{step.pk}/")
    plain.get_by_role("button", name="Request changes").click()
    expect(plain.get_by_text("This field is required.")).to_be_visible()
    plain.get_by_label("Reason").fill("Say it plainly.")
    plain.get_by_role("button", name="Request changes").click()
    expect(plain.get_by_text("goes back")).to_be_visible()
    plain.context.close()


def test_the_screen_prints_whole_and_alone(page: Page, step):
    legal = sign_in(page, "eu-legal")
    legal.goto(f"/admin/review/{step.pk}/?whole=1")
    sheets = PdfReader(BytesIO(legal.pdf(format="A4"))).pages
    words = " ".join("\n".join(sheet.extract_text() for sheet in sheets).split())
    assert len(sheets) > 1
    assert (
        words.index("Another introduction.")
        < words.index("beside their labels")
        < words.index("Read the source")
    )
    for chrome in ("Reports", "Approve and publish", "The whole text"):
        assert chrome not in words


def test_a_comment_on_a_text_is_found_in_the_editor(page: Page, browser: Browser, base_url, step):
    legal = sign_in(page, "eu-legal")
    legal.goto(f"/admin/review/{step.pk}/")
    intro = legal.locator("#passage-intro")
    intro.locator("summary").click()
    intro.get_by_role("textbox", name="Comment").fill("Who says so?")
    intro.get_by_role("button", name="Add the comment").click()
    expect(legal.locator("#passage-intro .review-comment")).to_contain_text("Who says so?")
    expect(legal.get_by_label("Reason")).to_have_value("Introduction: Who says so?")
    legal.get_by_role("button", name="Request changes").click()
    expect(legal.get_by_text("goes back")).to_be_visible()
    editor = sign_in(browser.new_context(base_url=base_url).new_page(), "eu-editor")
    faults: list[str] = []
    editor.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    editor.goto(f"/admin/pages/{step.revision.object_id}/edit/")
    editor.locator("[data-side-panel-toggle=comments]").click()
    expect(editor.locator(".comment", has_text="Who says so?")).to_be_visible()
    assert faults == []
    editor.context.close()

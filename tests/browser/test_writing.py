"""An editor writes a page about a topic that is not there yet, reads what was found, and translates it."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from therapies.models import TherapyIndexPage, TherapyPage, Topic

from .axe import Axe
from .conftest import sign_in

pytestmark = pytest.mark.long

SHOTS = os.environ.get("SCREENSHOTS", "")
WIDTHS = (1280, 320)


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png")
        page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture
def therapies(site_apart) -> TherapyIndexPage:
    """The list of the European therapies, in English."""
    return TherapyIndexPage.objects.get(url_path="/regions/eu/therapies/")


def propose(page: Page, name: str) -> None:
    """Propose a topic in the chooser."""
    page.get_by_role("button", name=re.compile("Choose.* topic")).click()
    page.get_by_role("tab", name="Propose a topic").click()
    shoot(page, "propose")
    page.get_by_label("Topic").last.fill(name)
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_text(name)).to_be_visible()


def test_a_page_about_a_new_topic_is_written_and_translated(page: Page, therapies):
    sign_in(page, "eu-editor")
    page.goto(f"/admin/pages/add/therapies/therapypage/{therapies.pk}/")
    propose(page, "Bone metastases")
    page.locator("[name=title]").fill("Bone metastases in short")
    page.keyboard.press("Tab")
    expect(page.locator("[name=slug]")).to_have_value("bone-metastases-in-short")
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    written = TherapyPage.objects.get(draft_title="Bone metastases in short")
    assert written.topic == Topic.objects.get(slug="bone-metastases")
    panel = page.locator("[data-side-panel=findings]")
    if not panel.is_visible():
        page.get_by_role("button", name="Toggle findings").click()
    expect(panel.get_by_role("heading", name="New topic")).to_be_visible()
    expect(panel.get_by_role("heading", name="Advice")).to_be_visible()
    expect(panel.get_by_text("Search engines have no description")).to_be_visible()
    shoot(page, "findings")

    page.goto(f"/admin/translation/submit/page/{written.pk}/")
    page.get_by_label("German").check()
    page.get_by_role("button", name="Submit").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    if not panel.is_visible():
        page.get_by_role("button", name="Toggle findings").click()
    shoot(page, "translation")
    expect(page.get_by_role("status").get_by_role("link", name="German")).to_be_visible()
    assert Axe().run(page, context=".messages").response["violations"] == []
    panel.get_by_role("link", name="See it beside the source").click()
    expect(page.get_by_text("Still English")).to_be_visible()
    shoot(page, "beside")
    assert Axe().run(page, context="main").response["violations"] == []

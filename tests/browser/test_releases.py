"""A release in the browser: put together, told what is missing, tried and cancelled, without scripts too."""

import os
from collections.abc import Iterator

import pytest
from django.db.models import QuerySet
from playwright.sync_api import Browser, Page, expect

from review.models import LeftOutPage, Release, ReleaseItem
from review.releases import parts
from tests.cases import first_cases
from tests.review.releases.conftest import add_approved, fresh, made, person
from tests.therapies.label_texts import say
from therapies.models import Label, TherapyPage

from .axe import Axe
from .conftest import sign_in
from .put_back import put_back

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture
def release(django_db_blocker) -> Iterator[Release]:
    """A release with a label in new words, a page in no review, and pages under their old codes."""
    with django_db_blocker.unblock():
        label = Label.objects.filter(region__code="eu", live=True).order_by("pk").first()
        therapy = TherapyPage.objects.get(url_path__startswith="/regions/eu/therapies/liver-m")
        newest = label.latest_revision_id
        release = made(label.region)
        add_approved(release, say(label, indication="<p>For quite another use.</p>"), "eu-legal", "admin")
        with put_back(therapy):
            therapy.intro = "<p>Another introduction.</p>"
            therapy.save_revision(user=person("eu-editor"))
            parts.add(release, fresh(therapy), person("eu-editor"))
            yield release
            LeftOutPage.objects.all().delete()
            ReleaseItem.objects.all().delete()
            Release.objects.all().delete()
        QuerySet(Label).filter(pk=label.pk).update(latest_revision=newest, has_unpublished_changes=False)


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


@first_cases("width", [320, 1280])
@first_cases("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_screens(page: Page, release, scheme, width):
    legal = sign_in(page, "eu-legal")
    legal.set_viewport_size({"width": width, "height": 800})
    legal.emulate_media(color_scheme=scheme)
    own = release.get_absolute_url()
    for name, address in {
        "list": "/admin/releases/",
        "release": own,
        "form": f"{own}edit/",
        "choose": f"{own}parts/?kind=page",
    }.items():
        legal.goto(address)
        shot(legal, f"{name}-{scheme}-{width}")
        found = Axe().run(legal, options={"runOnly": RULES})
        assert found.violations_count == 0, found.generate_report()
    if SHOTS and width == 1280 and scheme == "light":
        legal.goto(own)
        legal.pdf(path=f"{SHOTS}/release.pdf")


def test_without_scripts_legal_is_told_what_is_missing_and_decides(
    browser: Browser, base_url, page: Page, release
):
    sign_in(page, "eu-legal")
    state = page.context.storage_state()
    plain = browser.new_context(base_url=base_url, java_script_enabled=False, storage_state=state).new_page()
    plain.goto(release.get_absolute_url())
    expect(plain.get_by_text("Nobody has approved it, and it is in no review").first).to_be_visible()
    plain.get_by_role("button", name="Check and prepare").click()
    expect(plain.get_by_text("What was found when it was last tried")).to_be_visible()
    shot(plain, "faults")
    left = plain.locator(".release-codes li").first
    left.get_by_label("Reason").fill("Its words stay true.")
    left.get_by_role("button", name="Leave it out").click()
    expect(plain.get_by_text("Its words stay true.").first).to_be_visible()
    plain.get_by_role("button", name="Cancel the release").click()
    expect(plain.get_by_text("is cancelled. Its parts are drafts")).to_be_visible()
    shot(plain, "cancelled")

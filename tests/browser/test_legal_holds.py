"""Legal holds a page in Chromium, whatever would delete it is refused, and two people end the hold."""

import os
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect
from wagtail.models import Revision

from home.models import RegionHomePage, StandardPage
from legal_holds.models import HoldEvent, LegalHold

from .axe import Axe
from .conftest import sign_in
from .test_review import RULES

SHOTS = os.environ.get("SCREENSHOTS", "")
HELD = re.compile("is under a legal hold, so it is not deleted")


@pytest.fixture
def plans(site_apart) -> StandardPage:
    """A European page that was never live, with two drafts."""
    home = RegionHomePage.objects.get(region__code="eu", locale__language_code="en")
    page = home.add_child(instance=StandardPage(title="Plans", slug="plans", live=False))
    page.save_revision()
    page.save_revision()
    return page


def sign_in_as(page: Page, username: str) -> None:
    page.context.clear_cookies()
    sign_in(page, username)


def see(page: Page, name: str) -> None:
    """Have axe look at the screen, at a phone's width too, and keep a picture where one is asked for."""
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
        found = Axe().run(page, context="main", options={"runOnly": RULES})
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def set_hold(page: Page, plans: StandardPage) -> None:
    """Put the page under a hold, from its own place in the admin."""
    page.goto(f"/admin/pages/{plans.pk}/")
    page.get_by_role("button", name="Actions", exact=True).click()
    page.get_by_role("link", name="Set a legal hold").click()
    expect(page.get_by_text("Editors go on with their work.")).to_be_visible()
    page.get_by_label("Name").fill("Matter 7")
    page.get_by_label("Reason").fill("A claim about our plans.")
    see(page, "hold-set")
    page.get_by_role("button", name="Set this hold now").click()
    expect(page.get_by_text("“Matter 7” is set")).to_be_visible()


def delete(page: Page, plans: StandardPage) -> None:
    """Try to delete the page, as an administrator does."""
    sign_in_as(page, "admin")
    page.goto(f"/admin/pages/{plans.pk}/delete/")


def test_a_hold_is_set_keeps_its_page_from_every_purge_and_is_ended_by_two(page: Page, plans):
    sign_in(page, "eu-legal")
    set_hold(page, plans)
    see(page, "holds")

    # Neither a person nor a purge deletes it, nor its drafts.
    delete(page, plans)
    expect(page.get_by_text(HELD)).to_be_visible()
    call_command("purge_revisions", pages=True)
    assert Revision.objects.for_instance(plans).count() == 2

    # Editors are told nothing of it, and do not get there.
    sign_in_as(page, "eu-editor")
    page.goto(f"/admin/pages/{plans.pk}/")
    expect(page.get_by_role("link", name=re.compile("legal hold"))).to_have_count(0)
    page.goto("/admin/reports/legal-holds/1/")
    expect(page.get_by_text("Matter 7")).to_have_count(0)

    # Whoever asks for its end does not decide on it.
    sign_in_as(page, "eu-legal")
    page.goto("/admin/reports/legal-holds/")
    page.get_by_role("link", name="Matter 7").click()
    page.get_by_label("Reason").fill("The claim is settled.")
    see(page, "hold")
    page.get_by_role("button", name="Ask for its end").click()
    expect(page.get_by_text("The hold is in force until then.")).to_be_visible()
    expect(page.get_by_role("button", name="End this hold")).to_have_count(0)
    expect(page.locator("main").get_by_text("Another person of the legal team must decide")).to_be_visible()
    delete(page, plans)
    expect(page.get_by_text(HELD)).to_be_visible()

    # Another person ends it, and the page goes as any other.
    page.goto("/admin/reports/legal-holds/1/")
    page.get_by_role("button", name="End this hold").click()
    expect(page.get_by_text("This field is required.")).to_be_visible()
    page.get_by_label("Reason").fill("Agreed.")
    see(page, "hold-asked")
    page.get_by_role("button", name="End this hold").click()
    expect(page.get_by_text("This is on record: Ended")).to_be_visible()
    see(page, "hold-ended")
    assert [entry.event for entry in LegalHold.objects.chain(1)] == [
        *(HoldEvent.SET, HoldEvent.END_ASKED, HoldEvent.ENDED)
    ]
    delete(page, plans)
    page.get_by_role("button", name=re.compile("^Yes, delete")).click()
    expect(page.get_by_text(re.compile("deleted"))).to_be_visible()
    assert not StandardPage.objects.filter(pk=plans.pk).exists()


def test_without_scripts_a_hold_is_set_on_what_its_address_names(browser: Browser, page: Page, site, plans):
    sign_in(page, "eu-legal")
    state = page.context.storage_state()
    plain = browser.new_context(base_url=site, java_script_enabled=False, storage_state=state).new_page()
    plain.goto(f"/admin/reports/legal-holds/set/?page={plans.pk}")
    plain.get_by_label("Name").fill("Matter 8")
    plain.get_by_role("button", name="Set this hold now").click()
    expect(plain.get_by_text("This field is required.")).to_be_visible()
    plain.get_by_label("Reason").fill("A claim.")
    plain.get_by_role("button", name="Set this hold now").click()
    expect(plain.get_by_text("“Matter 8” is set")).to_be_visible()
    plain.context.close()
    assert LegalHold.objects.get().what == f"Page, with all below it: Plans ({plans.url_path})"

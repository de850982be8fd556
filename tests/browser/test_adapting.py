"""An editor starts from another region's page, is told what to mend, and learns later what changed there."""

import pytest
from playwright.sync_api import Page, expect

from home.models import RegionHomePage
from therapies.models import ProductPage

from .axe import Axe
from .conftest import sign_in
from .put_back import put_back

pytestmark = pytest.mark.long

PROPOSED = "microspheres-abroad"


@pytest.fixture
def original(django_db_blocker) -> ProductPage:
    """The American page about the product, left as it was afterwards."""
    with django_db_blocker.unblock():
        home = RegionHomePage.objects.get(region__code="us")
        page = ProductPage.objects.child_of(home).get()
        with put_back(page):
            yield page
        ProductPage.objects.filter(slug=PROPOSED).delete()


def publish(page: ProductPage, title: str) -> None:
    """Publish the page under another title, as an approval would."""
    page = ProductPage.objects.get(pk=page.pk)
    page.title = title
    page.save_revision().publish()


@pytest.fixture
def editor(page: Page) -> Page:
    """A browser in which the Canadian editor has signed in."""
    return sign_in(page, "ca-editor")


def test_a_page_is_used_mended_and_compared(editor, original, django_db_blocker):
    editor.goto("/admin/reports/adaptations/")
    editor.get_by_role("link", name="Use a page of another region").click()
    editor.goto(f"/admin/adapt/?title={original.title}&region_code=us")
    editor.get_by_role("link", name=original.title).click()

    # The place is chosen already: Canada, in the original's language.
    expect(editor.get_by_label("Region and language")).to_contain_text("Canada – English")
    editor.get_by_label("Slug").fill("about")
    editor.get_by_role("button", name="Make a draft of Canada").click()
    expect(editor.get_by_text("This address is taken by")).to_be_visible()
    editor.get_by_label("Slug").fill(PROPOSED)
    editor.get_by_role("button", name="Make a draft of Canada").click()

    expect(editor.get_by_text("is now a draft of Canada, taken over from United States.")).to_be_visible()
    told = editor.get_by_text("Before it can go live in Canada, these names need a label or must go:")
    expect(told).to_contain_text("the label of Canada for it says “not approved”.")

    # Later the original is published anew, and the draft's editor is told so.
    with django_db_blocker.unblock():
        publish(original, f"{original.title}, revisited")
    editor.reload()
    editor.get_by_role("button", name="Toggle findings").click()
    panel = editor.locator("[data-side-panel=findings]")
    expect(panel).to_contain_text("The original has changed since: 1 field.")
    panel.get_by_role("link", name="Compare with the original").click()

    since = editor.get_by_role("region", name="What changed in the original since it was last seen")
    expect(since.locator("ins")).to_contain_text(", revisited")
    found = Axe().run(editor, context=".adapting")
    assert found.violations_count == 0, found.generate_report()
    since.get_by_role("button", name="Mark as seen").click()
    expect(editor.get_by_text("Nothing: it reads as it did.")).to_be_visible()
    ours = editor.get_by_role("region", name="Where ours differs from the original")
    expect(ours.locator("del").filter(has_text=", revisited")).to_be_visible()

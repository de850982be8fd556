"""An administrator finds a country among 249, and names the languages, by mouse or keyboard."""

import pytest
from playwright.sync_api import Page, expect

from .axe import Axe
from .conftest import sign_in


@pytest.fixture
def form(page: Page) -> Page:
    """The form of a new region, its list of countries unfolded by keyboard."""
    sign_in(page, "admin")
    page.goto("/admin/regions/new/")
    page.get_by_text("Choose countries").press("Enter")
    return page


def test_typing_narrows_the_countries_and_keeps_those_that_are_ticked(form: Page):
    form.get_by_role("checkbox", name="Japan").check()
    form.get_by_label("Find a country").fill("cote d")
    expect(form.get_by_role("checkbox", name="Côte d'Ivoire")).to_be_visible()
    expect(form.get_by_role("checkbox", name="Japan")).to_be_visible()
    expect(form.get_by_role("checkbox", name="Germany")).to_be_hidden()
    form.get_by_label("Find a country").fill("")
    expect(form.get_by_role("checkbox", name="Germany")).to_be_visible()


def test_enter_in_the_search_for_a_country_does_not_save_the_region(form: Page):
    form.get_by_label("Find a country").fill("zzz")
    form.get_by_label("Find a country").press("Enter")
    expect(form.get_by_text("No country has this in its name.")).to_be_visible()
    expect(form.locator(".error-message")).to_have_count(0)


def test_languages_and_countries_are_named_groups_in_which_axe_finds_nothing(form: Page):
    for name in ("Languages", "Countries"):
        expect(form.get_by_role("group", name=name)).to_be_visible()
    expect(form.get_by_label("Home page’s title (German)")).to_be_visible()
    found = Axe().run(form, context=".region-form-group")
    assert found.violations_count == 0, found.generate_report()

"""Dates are chosen and typed where legal decides, and said in words as they are."""

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from region_gate import clock
from region_gate.date_limits import in_words
from region_gate.models import Policy
from therapies.models import Label

from .axe import Axe
from .conftest import sign_in
from .test_review import RULES, step  # noqa: F401 - a fixture


@pytest.fixture
def faults(page: Page) -> list[str]:
    """What has gone wrong in the page's scripts."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def words_of(field: Locator) -> Locator:
    """Return where the date is said in words, which the field is described by."""
    described = (field.get_attribute("aria-describedby") or "").split()
    return field.page.locator(", ".join(f"[id='{name}'] [data-in-words]" for name in described))


def check_choosing(field: Locator) -> None:
    """Choose days in the browser's own calendar field, by the keys of its parts, and read them in words."""
    expect(field).to_have_attribute("type", "date")
    day = clock.today().replace(day=10)
    field.fill(day.isoformat())
    expect(words_of(field)).to_have_text(in_words(day))
    field.focus()
    field.press("ArrowUp")  # the first part in the reader's own order: here the month
    changed = date.fromisoformat(field.input_value())
    assert changed != day
    expect(words_of(field)).to_have_text(in_words(changed))
    field.fill("")
    expect(words_of(field)).to_have_text("")


@pytest.mark.usefixtures("step")
def test_a_day_is_chosen_on_the_review_screen(page: Page, faults):
    legal = sign_in(page, "eu-legal")
    legal.locator("#work-waiting a").first.click()
    for name in ("Date of preparation", "Review by"):
        check_choosing(legal.get_by_label(name))
    found = Axe().run(legal, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()
    assert faults == []


def label() -> str:
    """Return the address of the form of a European label."""
    found = Label.objects.filter(region__code="eu").first()
    return reverse(Label.snippet_viewset.get_url_name("edit"), args=[found.pk])


def policy() -> str:
    """Return the address of the form of a policy, of a new one where there is none."""
    found = Policy.objects.first()
    name = Policy.snippet_viewset.get_url_name
    return reverse(name("edit"), args=[found.pk]) if found else reverse(name("add"))


@pytest.mark.parametrize("form", [label, policy])
def test_a_day_is_chosen_in_the_form_of_a(page: Page, faults, django_db_blocker, form: Callable[[], str]):
    with django_db_blocker.unblock():
        address = form()
    legal = sign_in(page, "admin")
    legal.goto(address)
    check_choosing(legal.get_by_label("Effective from"))
    assert faults == []

"""Dates are picked and typed where legal decides, and said in words as they are."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from region_gate import clock
from region_gate.date_limits import in_words
from region_gate.models import Policy
from therapies.models import Label

from .conftest import sign_in
from .test_review import RULES, step  # noqa: F401 - a fixture

# Whether a picker hangs below its field or stands above it, once the screen has come to rest.
IS_BESIDE = """([field, picker]) => {
  const [one, other] = [field, picker].map((part) => part.getBoundingClientRect());
  return Math.min(Math.abs(one.bottom - other.top), Math.abs(one.top - other.bottom)) < 4;
}"""


@pytest.fixture
def faults(page: Page) -> list[str]:
    """What has gone wrong in the page's scripts."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def picker_of(field: Locator) -> Locator:
    """Open the picker by going to the field, and return it."""
    field.fill("")
    field.blur()
    field.focus()
    return field.page.locator(".xdsoft_datetimepicker:visible")


def words_of(field: Locator) -> Locator:
    """Return where the date is said in words, which the field is described by."""
    described = (field.get_attribute("aria-describedby") or "").split()
    return field.page.locator(", ".join(f"[id='{name}'] [data-in-words]" for name in described))


def pick(field: Locator) -> date:
    """Pick the tenth of the month that the picker shows, which is today's."""
    picker = picker_of(field)
    expect(picker).to_be_visible()
    field.page.wait_for_function(IS_BESIDE, arg=[field.element_handle(), picker.element_handle()])
    cell = picker.locator("td.xdsoft_date:not(.xdsoft_other_month)", has_text=re.compile("^10$"))
    cell.click()
    expect(picker).to_be_hidden()
    return clock.today().replace(day=10)


def check_picking(field: Locator) -> None:
    day = pick(field)
    expect(field).to_have_value(day.isoformat())
    expect(words_of(field)).to_have_text(in_words(day))


def check_typing(field: Locator) -> None:
    for typed, words in (("2027-02-01", "Monday 1 February 2027"), ("2027-02-31", "")):
        field.fill(typed)
        expect(words_of(field)).to_have_text(words)


@pytest.mark.usefixtures("step")
def test_a_day_is_picked_on_the_review_screen(page: Page, faults):
    legal = sign_in(page, "eu-legal")
    legal.locator(".review-waiting a").first.click()
    for name in ("Date of preparation", "Review by"):
        field = legal.get_by_label(name)
        check_picking(field)
        check_typing(field)
    legal.keyboard.press("Escape")
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
def test_a_day_is_picked_in_the_form_of_a(page: Page, faults, django_db_blocker, form: Callable[[], str]):
    with django_db_blocker.unblock():
        address = form()
    legal = sign_in(page, "admin")
    legal.goto(address)
    check_picking(legal.get_by_label("Effective from"))
    assert faults == []

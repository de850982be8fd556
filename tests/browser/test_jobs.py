"""An administrator looks at what ran, and sends a mail again that could not be sent."""

from collections.abc import Iterator

import pytest
from django.core.mail import EmailMessage
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import Page, expect

from jobs import attempts, mails
from jobs.exceptions import JobFailedError
from jobs.models import JobRun, StoredMail
from jobs.planning import plan
from tests.cases import first_cases

from .axe import Axe
from .conftest import sign_in
from .test_reports import RULES

JOBS, RUNS, MAILS = "/admin/reports/jobs/", "/admin/reports/jobs/runs/", "/admin/reports/jobs/mails/"


@pytest.fixture
def unsent(site, django_db_blocker) -> Iterator[None]:
    """A mail that could not be sent, beside runs that wait."""
    with django_db_blocker.unblock():
        plan()
        mails.keep(EmailMessage("Zur Freigabe", "B", "a@example.com", ["b@example.com"]))
        result = attempts.claim("mail", "one/mail")
        attempts.end_badly(result, JobFailedError("No such person", is_final=True))
    yield
    with django_db_blocker.unblock():
        StoredMail.objects.all().delete()
        JobRun.objects.all().delete()
        DBTaskResult.objects.all().delete()


@pytest.fixture
def administrator(page: Page) -> Page:
    """A browser in which the administrator has signed in."""
    return sign_in(page, "admin")


@first_cases("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_lists(unsent, administrator: Page, scheme):
    administrator.emulate_media(color_scheme=scheme)
    for address in (JOBS, RUNS, MAILS):
        administrator.goto(address)
        found = Axe().run(administrator, options={"runOnly": RULES})
        assert found.violations_count == 0, found.generate_report()


def test_a_mail_is_sent_again(unsent, administrator: Page):
    administrator.goto(JOBS)
    administrator.get_by_role("link", name="1 e-mail could not be sent").click()
    row = administrator.get_by_role("row", name="Zur Freigabe")
    expect(row).to_contain_text("No such person")
    row.get_by_role("button", name="Send again").click()
    expect(administrator.get_by_text("The e-mail will be sent again.")).to_be_visible()
    expect(administrator.get_by_role("row", name="Zur Freigabe")).to_contain_text("waits")


def test_the_lists_fit_a_phone(unsent, administrator: Page):
    administrator.set_viewport_size({"width": 390, "height": 800})
    for address in (JOBS, RUNS, MAILS):
        administrator.goto(address)
        assert administrator.evaluate("document.documentElement.scrollWidth") <= 390, address

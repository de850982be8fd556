"""Entries name the people and the roles that they had then; a program only where nobody acted."""

import csv
import io
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone

from home.models import StandardPage
from tests.conftest import approval
from therapies.models import Publication

pytestmark = pytest.mark.django_db
CODE = "EU-2026-007"


def user(name):
    return get_user_model().objects.get(username=name)


@pytest.fixture
def about(eu_home) -> StandardPage:
    """A European page."""
    return StandardPage.objects.child_of(eu_home).get(slug="about")


def approve(page: StandardPage) -> None:
    """Have legal approve a draft of `page`."""
    page.save_revision(user=user("eu-editor"))
    page.get_workflow().start(page, user("eu-editor"))
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, user("eu-legal"), "approve", **approval(CODE))


def last(page: StandardPage) -> Publication:
    entry = Publication.objects.chain(page.pk).last()
    assert entry
    return entry


def test_an_entry_keeps_the_roles_that_people_had_then(about):
    before = Publication.objects.chain(about.pk).count()
    about.title = "About, approved"
    approve(about)
    assert Publication.objects.chain(about.pk).count() == before + 1, "one publication, one entry"
    entry = last(about)
    assert entry.roles == {"eu-editor": ["eu editors"], "eu-legal": ["eu legal"]}
    user("eu-legal").groups.set([Group.objects.get(name="us legal")])
    user("eu-editor").delete()
    assert last(about).roles_then == ["eu-editor: eu editors", "eu-legal: eu legal"]
    assert last(about).is_intact


def test_what_was_scheduled_names_who_scheduled_it(about, time_machine):
    about.title, about.go_live_at = "About, later", timezone.now() + timedelta(hours=1)
    approve(about)
    assert last(about).title != "About, later"
    time_machine.move_to(timezone.now() + timedelta(hours=2))
    call_command("publish_scheduled", stdout=io.StringIO())
    assert (last(about).title, last(about).published_by) == ("About, later", "eu-legal")


def test_the_export_has_the_code_the_dates_and_the_zone(eu_legal, about):
    about.title = "About, approved"
    approve(about)
    answer = eu_legal.get("/admin/reports/page-record/", {"export": "csv"})
    rows = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode()))
    (row,) = [row for row in rows if CODE in row.values()]
    assert {"Approval code", "Date of preparation", "Review by", "Time zone", "Since"} <= row.keys()
    assert row["Since"].endswith("+00:00")
    assert (row["Time zone"], row["Title"]) == ("UTC", "About, approved")


def test_notices_on_a_date_are_exported(eu_legal):
    today = timezone.localtime(timezone=ZoneInfo("Europe/Berlin"))
    asked = {"kind": "third-party", "region": "eu", "language": "de", "day": f"{today:%Y-%m-%d}"}
    address = "/admin/snippets/region_gate/notice/record/"
    answer = eu_legal.get(address, {**asked, "time": "", "zone": "Europe/Berlin", "export": "csv"})
    assert answer["Content-Disposition"].startswith("attachment")
    rows = [*csv.DictReader(io.StringIO(answer.content.decode()))]
    assert rows[-1]["time_zone"] == "Europe/Berlin"
    assert rows[-1]["shown_from"].endswith(("+01:00", "+02:00"))
    assert rows[-1]["heading"]
    assert eu_legal.get(address, {**asked, "zone": "nowhere", "export": "csv"}).status_code == 200

"""Digests: to whom, how often, about what; on a clock that is moved, and through a restart."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from wagtail.users.models import UserProfile

from reminders import digests
from reminders.models import Digest, DigestChoice, DigestFrequency
from tests.conftest import signed_in
from tests.jobs.test_processes import ROOT, address  # noqa: F401 - a fixture
from therapies.reports import alerts
from therapies.reports.alerts import Alert, Source, Watch, alerts_of, sources

from .conftest import MONDAY, go_to, later, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def matters(monkeypatch) -> list[Alert]:
    """The only matters that there are."""
    found: list[Alert] = []
    source = Source("kind", "A kind of matter", lambda _watch: found)
    monkeypatch.setattr(alerts, "sources", lambda: [source])
    return found


@pytest.fixture
def due(matters, clock_at) -> Alert:
    """A matter of the European region, on a Monday."""
    matters.append(Alert("eu", "A page (German)", "It is behind.", "/admin/x/", MONDAY))
    return matters[0]


def choose(username: str, frequency: str) -> None:
    DigestChoice.objects.update_or_create(person=person(username), defaults={"frequency": frequency})


def recipients() -> list[str]:
    return sorted(one.to[0].partition("@")[0] for one in mail.outbox)


def test_a_digest_goes_to_those_whose_matters_there_are(due):
    assert digests.send_digests() == "3 sent."
    assert recipients() == ["admin", "eu-editor", "eu-legal"]


def test_where_there_is_nothing_to_say_no_mail_goes(matters, clock_at):
    assert digests.send_digests() == "0 sent."
    assert mail.outbox == []


def test_it_says_what_is_due_why_and_where(due, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://admin.example.com"
    digests.send_digests()
    (written,) = [one for one in mail.outbox if one.to == ["eu-editor@example.com"]]
    assert written.subject == "This week: 1 matter needs your attention"
    for words in ("A kind of matter (1)", "A page (German) [eu]", "It is behind.", "Due: 1 February 2027."):
        assert words in written.body
    assert "https://admin.example.com/admin/x/" in written.body
    assert "https://admin.example.com/admin/reports/attention/" in written.body


def test_it_is_in_the_receivers_language(due):
    UserProfile.objects.update_or_create(user=person("eu-editor"), defaults={"preferred_language": "de"})
    digests.send_digests()
    by_name = {one.to[0].partition("@")[0]: one.body for one in mail.outbox}
    assert "1 Februar 2027" in by_name["eu-editor"]
    assert "1 February 2027" in by_name["eu-legal"]


def test_a_long_list_is_cut_and_says_so(due, matters):
    matters.extend(Alert("eu", f"Page {n}", "Why.", "/admin/") for n in range(20))
    digests.send_digests()
    assert all("- and 11 more" in one.body for one in mail.outbox)


def test_safety_changes_come_first_in_words(due, matters):
    matters.append(Alert("eu", "Urgent page", "Now.", "/admin/", MONDAY, is_urgent=True))
    digests.send_digests()
    body = mail.outbox[0].body
    assert body.index("SAFETY CHANGE: Urgent page") < body.index("A page (German)")


def test_a_weekly_digest_goes_once_a_week(due, clock_at):
    for days in (0, 0, 1, 2, 6):
        go_to(clock_at, later(days))
        digests.send_digests()
    assert len(mail.outbox) == 3
    go_to(clock_at, later(7))
    digests.send_digests()
    assert len(mail.outbox) == 6


def test_a_monday_that_was_missed_is_made_good(due, clock_at):
    go_to(clock_at, later(2))
    digests.send_digests()
    assert len(mail.outbox) == 3


def test_what_comes_up_after_an_empty_monday_waits_for_the_next(matters, clock_at):
    digests.send_digests()
    matters.append(Alert("eu", "A page", "Why.", "/admin/"))
    go_to(clock_at, later(1))
    digests.send_digests()
    assert mail.outbox == []


def test_a_daily_digest_goes_every_day(due, clock_at):
    choose("eu-editor", DigestFrequency.DAILY)
    for days in (0, 0, 1, 2):
        go_to(clock_at, later(days))
        digests.send_digests()
    assert recipients().count("eu-editor") == 3


@pytest.mark.parametrize("frequency", [DigestFrequency.DAILY, DigestFrequency.WEEKLY])
def test_a_clock_moved_by_a_month_sends_one_of_each(frequency, due, clock_at):
    choose("eu-editor", frequency)
    digests.send_digests()
    mail.outbox.clear()
    go_to(clock_at, later(31))
    for _again in range(3):
        digests.send_digests()
    assert recipients().count("eu-editor") == 1


def test_editors_may_turn_it_off_and_legal_may_not(due):
    for username in ("eu-editor", "eu-legal", "admin"):
        choose(username, DigestFrequency.NONE)
    digests.send_digests()
    assert recipients() == ["admin", "eu-legal"]


def test_who_left_or_has_no_address_or_no_right_gets_none(due):
    type(person("eu-editor")).objects.filter(username="eu-editor").update(is_active=False)
    type(person("eu-legal")).objects.filter(username="eu-legal").update(email="")
    person("admin").delete()
    digests.send_digests()
    assert mail.outbox == []


def test_one_whose_digest_breaks_off_keeps_nobody_from_theirs_and_gets_it_later(due, monkeypatch):
    write = digests.write

    def fails(someone, *given):
        if someone.username == "eu-editor":
            raise OSError
        write(someone, *given)

    monkeypatch.setattr(digests, "write", fails)
    with pytest.raises(digests.JobFailedError):
        digests.send_digests()
    assert recipients() == ["admin", "eu-legal"]
    monkeypatch.setattr(digests, "write", write)
    digests.send_digests()
    assert recipients() == ["admin", "eu-editor", "eu-legal"]


def test_notes_of_long_ago_are_deleted(matters, clock_at):
    Digest.objects.create(person=person("admin"), begins=MONDAY - timedelta(days=100), number=1)
    digests.send_digests()
    assert not Digest.objects.filter(begins__lt=MONDAY - timedelta(days=90)).exists()


def test_a_digest_lists_what_attention_lists(administrator, clock_at):
    parts = digests.parts_for(person("admin"))
    watch = Watch(person("admin"))
    assert {part.source.kind: part.number for part in parts} == {
        source.kind: len(alerts_of(source, watch)) for source in sources() if alerts_of(source, watch)
    }


# Killed at its work


def send(address: str, number: str = "") -> int:  # noqa: F811 - the fixture's value
    command = [sys.executable, "-m", "tests.reminders.sending", *filter(None, [number])]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, "DATABASE_URL": address}, check=False
    ).returncode


def mails_in(address: str) -> Iterable[str]:  # noqa: F811
    with sqlite3.connect(address.removeprefix("sqlite:///")) as database:
        return sorted(row[0] for row in database.execute("select recipients from jobs_storedmail"))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="The processes’ database is read as a file.")
def test_a_process_killed_in_between_sends_nothing_twice_and_loses_nothing(address):  # noqa: F811
    assert send(address, "3") == -signal.SIGKILL
    assert len(mails_in(address)) == 2
    assert send(address) == 0
    everybody = mails_in(address)
    assert len(everybody) == len({*everybody}) == 9
    assert send(address) == 0
    assert mails_in(address) == everybody


# In the account


ACCOUNT = reverse("wagtailadmin_account")


@pytest.mark.parametrize(
    ("username", "offers_none"), [("eu-editor", True), ("eu-legal", False), ("admin", False)]
)
def test_everybody_chooses_in_their_account(username, offers_none, db):
    client = signed_in(username)
    shown = client.get(ACCOUNT).text
    assert 'name="digest-frequency"' in shown
    assert ('value="none"' in shown) is offers_none
    posted = {
        "name_email-first_name": "A",
        "name_email-last_name": "Person",
        "name_email-email": f"{username}@example.com",
        "locale-preferred_language": "en",
        "locale-current_time_zone": "UTC",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    client.post(ACCOUNT, {**posted, "digest-frequency": "daily"})
    assert digests.frequency_of(person(username)) == "daily"
    client.post(ACCOUNT, {**posted, "digest-frequency": "none"})
    assert digests.frequency_of(person(username)) == ("none" if offers_none else "daily")

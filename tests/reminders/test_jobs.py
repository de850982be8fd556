"""The jobs as the worker does them: on a clock that is moved by a month, and where a worker dies at them."""

from collections import Counter
from datetime import datetime, time

import pytest
from django.utils import timezone

from config.jobs import JOBS
from jobs import attempts, registry, watching
from jobs.models import JobRun, StoredMail
from jobs.planning import plan
from reminders import matters
from tests.jobs.conftest import work as work_in
from therapies.reports import alerts
from therapies.reports.alerts import Alert, Source

from .conftest import MONDAY, go_to, later, person

pytestmark = pytest.mark.django_db
QUEUE = registry.SLOW  # so that no publication waits for them
NAMES = {"announcements", "escalation", "digests"}


@pytest.fixture
def world(monkeypatch, settings, review_due):
    """A matter due on the Monday, a review due weeks later, our three jobs, and mails that are stored."""
    settings.EMAIL_BACKEND = "jobs.mail_backend.StoringBackend"
    alert = Alert("eu", "A page", "It is behind.", "/admin/x/", MONDAY)
    for place in (alerts, matters):
        monkeypatch.setattr(place, "sources", lambda: [Source("kind", "A kind", lambda _watch: [alert])])
    monkeypatch.setattr(registry, "_jobs", {job.name: job for job in JOBS if job.name in NAMES})
    JobRun.objects.all().delete()
    plan(timezone.now())  # from now on they are known


def mails() -> Counter[str]:
    """Return how often which mail was stored for the European legal team."""
    stored = StoredMail.objects.all()
    return Counter(one.subject for one in stored if one.recipients == ["eu-legal@example.com"])


WEEK = "This week: 1 matter needs your attention"
OVERDUE = "Overdue, and nobody has acted: 1 matter"
REVIEW = "Europe: the review of 1 page is due"


def test_a_clock_moved_by_a_month_sends_one_of_each(world, clock_at, eu):
    eu.escalates_to = person("eu-legal")
    eu.save()
    go_to(clock_at, later(31))
    for _again in range(3):
        plan(timezone.now())
        work_in(QUEUE)
    assert mails() == {WEEK: 1, OVERDUE: 1, REVIEW: 1}
    assert {run.job for run in JobRun.objects.made()} == NAMES


def test_what_a_dead_worker_was_at_is_made_good_once(world, clock_at, eu):
    eu.escalates_to = person("eu-legal")
    eu.save()
    go_to(clock_at, later(31))
    plan(timezone.now())
    while attempts.claim(registry.SLOW, "dead/slow"):
        pass  # it claims each job, and does none of them
    assert mails() == {}
    watching.take_over()
    work_in(QUEUE)
    work_in(QUEUE)
    assert mails() == {WEEK: 1, OVERDUE: 1, REVIEW: 1}


def test_a_day_by_day_clock_sends_each_at_its_time(world, clock_at, eu):
    eu.escalates_to = person("eu-legal")
    eu.save()
    for days in range(42):
        clock_at.move_to(datetime.combine(later(days), time(9)))
        plan(timezone.now())
        work_in(QUEUE)
    assert mails() == {WEEK: 6, OVERDUE: 2, REVIEW: 2}

"""Each moment is done once, whatever the clock does and however many workers look at it."""

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult, TaskResultStatus

from jobs import registry
from jobs.models import JobRun
from jobs.moments import Every
from jobs.planning import plan

from .conftest import NIGHTLY, at, task_of, work

pytestmark = pytest.mark.django_db

BERLIN = "Europe/Berlin"


def runs_at(*moments: str) -> int:
    """Have a worker look at each of the moments and do what it finds; return how many runs that made."""
    before = JobRun.objects.made().count()
    for moment in moments:
        with time_machine.travel(at(moment), tick=False):
            plan()
            work()
    return JobRun.objects.made().count() - before


MORNING = ("2026-06-10T08:00", "2026-06-10T08:00:05", "2026-06-10T08:00:59")


@pytest.mark.parametrize(
    ("looks", "runs"),
    [
        (MORNING, 1),
        ((*MORNING, "2026-06-10T08:01"), 2),
        # Down for two hours: one run for all that was missed.
        (("2026-06-10T08:00", "2026-06-10T10:00"), 2),
        # The clock jumps an hour forward and back: the minutes in between are done as they come.
        (("2026-06-10T08:00", "2026-06-10T09:00", "2026-06-10T08:01", "2026-06-10T08:02"), 4),
        (("2026-06-10T08:00", "2026-06-10T09:00", "2026-06-10T08:01", "2026-06-10T09:00"), 3),
        # An hour back: what was done then is not done again.
        (("2026-06-10T08:00", "2026-06-10T08:01", "2026-06-10T07:00", "2026-06-10T08:00:30"), 3),
        # A year ahead, and back.
        (("2026-06-10T08:00", "2027-06-10T08:00", "2026-06-10T08:01"), 3),
    ],
)
def test_every_minute(add, looks, runs):
    add(when=Every(1))
    assert runs_at(*looks) == runs


@pytest.mark.parametrize(
    ("looks", "runs"),
    [
        (("2026-06-10T08:00", "2026-06-10T12:00"), 0),
        (("2026-06-10T08:00", "2026-06-11T00:29", "2026-06-11T00:30", "2026-06-11T09:00"), 1),
        (("2026-06-10T08:00", "2026-06-15T08:00", "2026-06-15T08:01"), 1),
        (("2026-06-10T08:00", "2026-06-11T08:00", "2026-06-10T08:00", "2026-06-11T08:00"), 1),
        # In the night of 29 March 2.30 is left out, in that of 25 October it comes twice.
        (
            (
                "2026-03-28T08:00",
                "2026-03-29T00:30",
                "2026-03-29T01:30",
                "2026-03-29T02:30",
                "2026-03-30T00:30",
            ),
            2,
        ),
        (
            (
                "2026-10-24T08:00",
                "2026-10-25T00:30",
                "2026-10-25T01:30",
                "2026-10-26T01:29",
                "2026-10-26T01:30",
            ),
            2,
        ),
    ],
)
def test_nightly(add, settings, looks, runs):
    settings.TIME_ZONE = BERLIN
    add(when=NIGHTLY)
    assert runs_at(*looks) == runs


def test_another_zone_moves_the_next_run(add, settings):
    settings.TIME_ZONE = BERLIN
    add(when=NIGHTLY)
    assert runs_at("2026-06-10T08:00", "2026-06-11T00:30") == 1
    settings.TIME_ZONE = "America/New_York"
    assert runs_at("2026-06-11T06:29", "2026-06-11T06:30") == 1


def test_what_still_runs_is_not_begun_again(add):
    add()
    with time_machine.travel(at("2026-06-10T08:00")) as clock:
        plan()
        DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, worker_ids=["other/default"])
        clock.move_to(at("2026-06-10T08:01"))
        plan()
        assert JobRun.objects.count() == 1
        assert work() == 0


def test_once_it_has_ended_the_latest_moment_is_done(add):
    add()
    with time_machine.travel(at("2026-06-10T08:00")) as clock:
        plan()
        clock.move_to(at("2026-06-10T08:05"))
        plan()
        assert work() == 1
        plan()
        assert work() == 1
    assert JobRun.objects.first().moment == at("2026-06-10T08:05")


def test_what_waits_for_another_try_gives_way_to_the_next_moment(add):
    add(run=lambda: 1 / 0)
    with time_machine.travel(at("2026-06-10T08:00")) as clock:
        plan()
        work()
        clock.move_to(at("2026-06-10T08:01"))
        plan()
    later, earlier = JobRun.objects.all()
    assert (later.is_open, task_of(later).status) == (True, TaskResultStatus.READY)
    assert (earlier.is_open, task_of(earlier).status) == (False, TaskResultStatus.FAILED)


def test_a_job_has_one_open_run_whoever_makes_it(add):
    job = add()
    JobRun.objects.create(job=job.name, moment=at("2026-06-10T08:00"))
    with pytest.raises(IntegrityError), transaction.atomic():
        JobRun.objects.create(job=job.name, moment=at("2026-06-10T08:01"))


def test_the_sites_jobs_are_what_must_run():
    assert [job.name for job in registry.jobs()] == [
        "publish_scheduled",
        "enforce_labels",
        "keep_record",
        "fill_action_log",
        "anchor_record",
        "check_record",
        "audit_gate",
        "outside_links",
        "search_index",
        "sessions",
        "review_by",
        "announcements",
        "escalation",
        "digests",
        "enquiries",
        "purge",
    ]

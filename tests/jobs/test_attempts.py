"""What fails is tried again after growing pauses, and what was interrupted without one."""

import logging
import sys
from datetime import timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
import time_machine
from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import CommandError
from django.utils import timezone, translation
from django_tasks import task
from django_tasks_db.models import DBTaskResult, TaskResultStatus

from jobs import attempts
from jobs.commands import MAX_LENGTH, command
from jobs.exceptions import InterruptedJobError, JobFailedError
from jobs.models import JobRun
from jobs.planning import plan
from jobs.retries import minutes, pause_after
from jobs.tasks import run_job

from .conftest import NIGHTLY, at, task_of, work

pytestmark = pytest.mark.django_db

SECRET = "anna@example.com"


def fail() -> str:
    raise ValueError(f"No such person: {SECRET}")


def planned(add, **given) -> JobRun:
    """Return a run of a nightly job that is due."""
    add(when=NIGHTLY, **given)
    with time_machine.travel(at("2026-06-10T08:00")):
        plan()
    with time_machine.travel(at("2026-06-11T08:00")):
        plan()
    return JobRun.objects.get(is_open=True)


def test_what_came_of_it_is_kept(add):
    run = planned(add, run=lambda: "Three pages.")
    work()
    task = task_of(run)
    assert (task.status, task.return_value) == (TaskResultStatus.SUCCESSFUL, "Three pages.")
    assert not JobRun.objects.get(pk=run.pk).is_open


def test_it_is_tried_again_after_growing_pauses_and_then_given_up(add):
    run = planned(add, run=fail, pauses=minutes(1, 5))
    with time_machine.travel(at("2026-06-11T08:00"), tick=False) as clock:
        assert work() == 1
        clock.shift(timedelta(seconds=59))
        assert work() == 0
        clock.shift(timedelta(seconds=1))
        assert work() == 1
        clock.shift(timedelta(minutes=4, seconds=59))
        assert work() == 0
        clock.shift(timedelta(seconds=1))
        assert work() == 1
        assert task_of(run).status == TaskResultStatus.FAILED
        clock.shift(timedelta(days=1))
        assert work() == 0
    assert not JobRun.objects.get(pk=run.pk).is_open


def test_one_of_several_tries_is_enough(add):
    outcomes = iter([ValueError("x"), "Done."])

    def run() -> str:
        match next(outcomes):
            case str(said):
                return said
            case error:
                raise error

    done = planned(add, run=run)
    with time_machine.travel(at("2026-06-11T08:00")) as clock:
        work()
        clock.shift(timedelta(minutes=1))
        work()
    task = task_of(done)
    assert (task.status, task.return_value, task.exception_class_path) == ("SUCCESSFUL", "Done.", "")
    assert len(task.worker_ids) == 2


def test_an_error_says_nothing_about_people_but_in_the_log(add, caplog):
    run = planned(add, run=fail)
    with caplog.at_level(logging.ERROR, logger="jobs"):
        work()
    task = task_of(run)
    assert SECRET in caplog.text
    assert SECRET not in f"{task.return_value}{task.traceback}{task.exception_class_path}"
    assert task.return_value == "ValueError"


def test_what_a_command_says_is_kept_where_somebody_has_to_look(add, capsys):
    run = planned(add, run=command("check_record", "nowhere.html"))
    work()
    task = task_of(run)
    assert task.status == TaskResultStatus.FAILED
    assert "nowhere.html cannot be read" in task.return_value
    assert capsys.readouterr() == ("", "")


def test_what_a_command_says_is_bounded(monkeypatch):
    monkeypatch.setattr("jobs.commands.call_command", lambda *a, stdout, **k: stdout.write("x" * 9999))
    assert len(command("any")()) == MAX_LENGTH + 3


@pytest.mark.parametrize(
    ("ended", "is_final"),
    [
        (SystemExit(1), True),
        (SystemExit(2), False),
        (CommandError("x"), True),
        (CommandError("x", returncode=2), False),
    ],
)
def test_a_command_that_did_its_work_is_not_tried_again(monkeypatch, ended, is_final):
    """Our commands exit with 1 where somebody has to look, and with another status where they broke off."""

    def end(*_given, stdout, **_more):
        stdout.write("Page 5 is amiss.")
        raise ended

    monkeypatch.setattr("jobs.commands.call_command", end)
    with pytest.raises(JobFailedError, match=r"Page 5 is amiss\.") as failed:
        command("any")()
    assert failed.value.is_final is is_final


def test_a_command_that_exits_with_0_is_done(monkeypatch):
    monkeypatch.setattr("jobs.commands.call_command", lambda *_given, **_more: sys.exit(0))
    assert command("any")() == ""


def test_the_commands_of_the_site_run_as_jobs():
    assert command("enforce_labels")() == ""
    assert command("clearsessions")() == ""


def test_what_a_dead_worker_was_at_is_done_by_another(add):
    run = planned(add)
    attempts.claim("default", "dead/default")
    (left,) = attempts.running()
    assert attempts.holder(left) == "dead/default"
    assert attempts.put_back(left)
    assert task_of(run).return_value == "InterruptedJobError"
    assert work() == 1
    assert [*task_of(run).worker_ids] == ["dead/default", "one/default"]


def test_what_another_has_put_back_meanwhile_is_left_to_it(add):
    planned(add)
    attempts.claim("default", "dead/default")
    (left,) = attempts.running()
    assert attempts.put_back(left)
    assert not attempts.put_back(left)
    attempts.claim("default", "two/default")
    assert not attempts.put_back(left)


def test_nothing_waits_for_a_clock_that_was_ahead(add):
    with time_machine.travel(at("2026-06-10T08:00")):
        task = run_job.enqueue("any").db_result
        kept = DBTaskResult.objects.filter(pk=task.pk)
        kept.update(run_after=at("2026-06-10T19:00"), worker_ids=["one/default"])
        plan()
        assert not attempts.waiting("default").exists()
        kept.update(run_after=at("2027-06-10T08:00"))
        plan()
        assert attempts.waiting("default").exists()


def test_what_was_put_off_on_purpose_waits_for_its_day(no_jobs):
    with time_machine.travel(at("2026-06-10T08:00")):
        run_job.using(run_after=at("2026-07-10T08:00")).enqueue("any")
        plan()
        assert not attempts.waiting("default").exists()


def test_a_job_that_is_on_no_list_here_is_left_to_another_release(no_jobs):
    task = run_job.enqueue("newer").db_result
    assert work() == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY


@task(backend="worker", takes_context=True)
def tell_the_attempt(context, word: str) -> list[str]:
    return [word, str(context.attempt)]


def activate_others() -> str:
    found = f"{translation.get_language()} {timezone.get_current_timezone_name()}"
    translation.activate("de")
    timezone.activate("Asia/Tokyo")
    return found


def test_no_job_leaves_its_language_or_zone_to_the_next(add):
    first, second = add(run=activate_others, name="one"), add(run=activate_others, name="two")
    plan()
    work()
    runs = [JobRun.objects.get(job=job.name) for job in (first, second)]
    assert [task_of(run).return_value for run in runs] == ["en UTC", "en UTC"]


@task(backend="worker")
def give_what_is_no_json() -> object:
    return object()


@task(backend="worker")
def leave() -> None:
    sys.exit(3)


def test_any_task_of_the_framework_is_done(db):
    kept = tell_the_attempt.enqueue("Try")
    work()
    kept.refresh()
    assert kept.return_value == ["Try", "1"]


@pytest.mark.parametrize("task", [give_what_is_no_json, leave])
def test_a_task_that_goes_wrong_in_its_own_way_is_tried_again(task):
    kept = task.enqueue()
    assert work() == 1
    assert DBTaskResult.objects.get(pk=kept.id).status == TaskResultStatus.READY


MINUTE, FIVE = minutes(1, 5)
REFUSED = SMTPRecipientsRefused({"a@example.com": (550, b"No such user")})
BUSY = SMTPRecipientsRefused({"a@example.com": (450, b"Later"), "b@example.com": (550, b"No such user")})


@pytest.mark.parametrize(
    ("error", "tries", "pause"),
    [
        (ValueError(), 1, MINUTE),
        (ValueError(), 2, FIVE),
        (ValueError(), 3, None),
        (JobFailedError("Look."), 1, MINUTE),
        (JobFailedError("Look.", is_final=True), 1, None),
        (ObjectDoesNotExist(), 1, None),
        (SMTPServerDisconnected(), 1, MINUTE),
        (SMTPAuthenticationError(535, b"No"), 1, MINUTE),
        (REFUSED, 1, None),
        (BUSY, 1, MINUTE),
        (InterruptedJobError(), 2, timedelta(0)),
        (InterruptedJobError(), 3, None),
    ],
)
def test_the_pause_after(error, tries, pause):
    assert pause_after(error, tries, minutes(1, 5)) == pause

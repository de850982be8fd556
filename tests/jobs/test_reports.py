"""*Reports, Jobs*: to administrators alone, by any address; and what Attention says."""

from datetime import timedelta

import pytest
import time_machine
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from config.job_alerts import jobs_in_trouble, undeliverable_mails
from jobs import attempts, registry
from jobs.exceptions import JobFailedError
from jobs.mails import send_again
from jobs.models import JobRun, StoredMail
from jobs.overdue import failed_tasks, failing, overdue
from jobs.planning import plan
from jobs.purging import purge
from jobs.registry import MAIL
from jobs.reports.states import STATES, RunState, state_of
from tests.conftest import signed_in
from therapies.reports.alerts import Watch

from .conftest import at, work
from .test_attempts import fail

pytestmark = pytest.mark.django_db

LISTS = ["jobs", "job_runs", "job_runs_results", "stored_mails", "stored_mails_results"]
OTHERS = ["eu-editor", "eu-legal", "us-editor", "us-legal"]


@pytest.fixture
def unsent(settings, monkeypatch) -> StoredMail:
    """A mail to the European editor that could not be sent."""
    settings.EMAIL_BACKEND = "jobs.mail_backend.StoringBackend"
    settings.MAIL_DELIVERY_BACKEND = "tests.jobs.test_reports.RefusingBackend"
    send_mail("=For you", "Secret words", "a@example.com", [editors_address()])
    work(MAIL)
    return StoredMail.objects.get()


def RefusingBackend(**_given):  # noqa: N802 - a backend
    class Refusing:
        def send_messages(self, _messages):
            from smtplib import SMTPDataError

            raise SMTPDataError(550, f"no {editors_address()}".encode())

    return Refusing()


def person(username: str):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username=username)


def editors_address() -> str:
    return person("eu-editor").email


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("username", OTHERS)
def test_nobody_else_reads_them(name, username):
    answer = signed_in(username).get(reverse(name))
    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_home")


@pytest.mark.parametrize("username", OTHERS)
@pytest.mark.parametrize("act", ["again", "settle"])
def test_nobody_else_decides(unsent, username, act):
    signed_in(username).post(reverse("stored_mail", args=[unsent.pk]), {act: ""})
    assert StoredMail.objects.undeliverable().exists()


@pytest.mark.parametrize("name", LISTS)
def test_who_is_not_signed_in_is_asked_to(client, name):
    assert reverse("wagtailadmin_login") in client.get(reverse(name)).url


@pytest.mark.parametrize("name", LISTS)
def test_a_visit_changes_nothing_and_no_request_breaks(administrator, name, unsent):
    assert administrator.get(reverse(name), {"job": "x", "state": "y", "p": "z"}).status_code == 200
    assert administrator.get(reverse("stored_mail", args=[unsent.pk])).status_code == 405


def test_it_says_what_ran_and_what_is_due(administrator, add):
    add(run=lambda: "Three pages.", name="one")
    plan()
    work()
    page = administrator.get(reverse("jobs")).text
    assert "Three pages." in page
    assert "done" in page
    assert "No worker runs" in page
    assert "Three pages." in administrator.get(reverse("job_runs"), {"job": "one", "state": "done"}).text
    assert "Three pages." not in administrator.get(reverse("job_runs"), {"state": "failed"}).text


def test_it_says_what_is_late_and_what_has_not_run(administrator, add):
    add(name="one")
    page = administrator.get(reverse("jobs")).text
    assert "has not run yet" in page
    assert "overdue" in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["jobs", "job_runs", "stored_mails"])
def test_each_is_a_spreadsheet_too(administrator, add, unsent, name, kind):
    add(run=lambda: "=1+1", name="one")
    plan()
    work()
    answer = administrator.get(reverse(name), {"export": kind})
    assert answer.status_code == 200
    if kind == "csv":
        content = b"".join(answer.streaming_content).decode()
        assert "'=" in content
        assert ",=" not in content


def test_a_mail_that_could_not_be_sent_is_sent_again(administrator, unsent, settings, mailoutbox):
    listed = administrator.get(reverse("stored_mails"), {"state": "failed"}).text
    assert "SMTPDataError 550" in listed
    assert "Secret words" not in listed
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    address = reverse("stored_mail", args=[unsent.pk])
    answer = administrator.post(address, {"again": ""}, follow=True)
    assert "will be sent again" in answer.text
    assert "nothing to decide" in administrator.post(address, {"settle": ""}, follow=True).text
    work(MAIL)
    assert [mail.body for mail in mailoutbox] == ["Secret words"]


def test_a_mail_is_settled(administrator, unsent):
    administrator.post(reverse("stored_mail", args=[unsent.pk]), {"settle": ""})
    assert not StoredMail.objects.undeliverable().exists()


def test_no_address_of_a_person_is_kept_from_what_the_server_said(unsent):
    task = DBTaskResult.objects.get(pk=unsent.task_id)
    assert editors_address() not in f"{task.return_value}{task.traceback}{task.exception_class_path}"


@pytest.mark.parametrize(
    ("username", "told"), [("admin", 1), ("eu-legal", 1), ("eu-editor", 1), ("us-legal", 0), ("us-editor", 0)]
)
def test_attention_tells_of_it_whoever_can_tell_the_person(unsent, username, told):
    assert len([*undeliverable_mails(Watch(person(username)))]) == told
    page = signed_in(username).get(reverse("attention"), {"kind": "mails"})
    assert ("Tell them yourself" in page.text) is bool(told)


def test_attention_tells_administrators_of_jobs(add):
    add(run=fail, name="one", pauses=())
    assert [alert.subject for alert in jobs_in_trouble(Watch(person("admin")))] == ["One"]
    plan()
    work()
    assert [alert.why for alert in jobs_in_trouble(Watch(person("admin")))] == ["Its last run failed."]
    assert [*jobs_in_trouble(Watch(person("eu-legal")))] == []


@pytest.mark.parametrize("state", RunState)
def test_the_runs_of_each_state_are_those(add, state):
    add(run=fail, name="again")
    add(run=fail, name="failed", pauses=())
    add(name="done")
    plan()
    work()
    add(name="running")
    plan()
    attempts.claim("default", "one/default")
    add(name="waiting")
    plan()
    found = JobRun.objects.filter(STATES[state])
    assert [run.job for run in found] == [state.value]
    assert state_of(found.get().task) is state


@task(backend="worker")
def empty_the_cache() -> None:
    raise JobFailedError("It does not answer.", is_final=True)


def test_another_task_that_failed_is_told_of(administrator, unsent):
    empty_the_cache.enqueue()
    work()
    page = administrator.get(reverse("jobs")).text
    assert "empty_the_cache" in page
    assert "It does not answer." in page
    assert "deliver" not in page
    alerts = [alert.subject for alert in jobs_in_trouble(Watch(person("admin")))]
    assert "tests.jobs.test_reports.empty_the_cache" in alerts


def test_a_mail_that_is_sent_again_leaves_no_failed_task(unsent):
    send_again(unsent.pk)
    assert not failed_tasks().exists()


def test_overdue_is_what_has_not_ended(add):
    add(name="one")
    with time_machine.travel(at("2026-06-10T08:00"), tick=False) as clock:
        plan()
        work()
        assert overdue() == []
        clock.shift(timedelta(minutes=15))
        assert overdue() == []
        clock.shift(timedelta(minutes=1))
        (late,) = overdue()
        assert (late.name, late.title, late.since) == ("one", "One", at("2026-06-10T08:01"))
        plan()
        assert overdue()
        work()
        assert overdue() == []


def test_a_run_of_a_clock_that_was_ahead_hides_nothing(add):
    job = add(name="one")
    JobRun.objects.create(job=job.name, moment=at("2030-06-10T08:00"), is_open=False)
    assert [late.name for late in overdue(at("2026-06-10T08:00"))] == ["one"]


def test_what_fails_at_once_is_not_overdue(add):
    add(run=fail, name="one", pauses=())
    plan()
    work()
    assert overdue() == []
    assert [job.name for job, _run in failing()] == ["one"]


def test_old_mails_and_runs_are_deleted_and_what_is_still_needed_is_not(add, unsent, settings, mailoutbox):
    add(name="one")
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(timezone.now() - timedelta(days=31)) as clock:
        send_mail("Old", "B", "a@example.com", ["b@example.com"])
        plan()
        work()
        work(MAIL)
        clock.shift(timedelta(minutes=1))
        plan()
        work()
    assert purge() == "1 mails, 2 runs and tasks."
    assert [mail.subject for mail in StoredMail.objects.all()] == ["=For you"]
    assert JobRun.objects.count() == 1
    assert purge() == "0 mails, 0 runs and tasks."


def test_runs_that_had_nothing_to_do_are_kept_for_two_days(add):
    said = iter(["", "Three pages.", ""])
    add(run=lambda: next(said), name="one")
    with time_machine.travel(timezone.now() - timedelta(days=3)) as clock:
        for _ in range(3):
            plan()
            work()
            clock.shift(timedelta(minutes=1))
    purge()
    # The last of all stays, so that its moment is known.
    assert [run.task.return_value for run in JobRun.objects.all()] == ["", "Three pages."]


def test_the_sites_jobs_are_known_by_name():
    assert registry.job_named("purge").run is purge
    with pytest.raises(LookupError):
        registry.job_named("nothing")

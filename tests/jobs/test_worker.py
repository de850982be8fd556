"""The worker in one process: once, and through an error of the database."""

import logging

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django_tasks_db.models import TaskResultStatus

from jobs import attempts, worker
from jobs.models import JobRun, WorkerBeat
from jobs.registry import QUEUES, SLOW
from jobs.worker import Worker

from .conftest import task_of


@pytest.mark.django_db
def test_once_does_what_is_due_in_every_line(add, monkeypatch):
    monkeypatch.setattr(Worker, "_start", lambda *_given: Thread())  # in another thread is another database
    add(name="one")
    add(name="two", queue=SLOW)
    call_command("worker", "--once")
    assert {run.job: task_of(run).status for run in JobRun.objects.all()} == {
        "one": TaskResultStatus.SUCCESSFUL,
        "two": TaskResultStatus.SUCCESSFUL,
    }
    assert not WorkerBeat.objects.exists()


class Thread:
    """A thread that does nothing."""

    def join(self, *_given):
        """Be done."""


@pytest.mark.django_db
def test_what_an_error_of_the_database_left_is_done_again(add, monkeypatch):
    add(name="one")
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)  # the test has but one
    one = Worker()
    worker.plan()
    with monkeypatch.context() as broken:
        broken.setattr(attempts, "_end", lambda *_given, **_more: raise_error())
        with pytest.raises(OperationalError):
            one._work(QUEUES[0])
    assert len(attempts.running()) == 1
    one._work(QUEUES[0])
    assert task_of(JobRun.objects.get()).status == TaskResultStatus.SUCCESSFUL


def raise_error():
    raise OperationalError("away")


def test_trouble_is_logged_when_it_begins_and_ends(caplog, monkeypatch):
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    one = Worker()
    with caplog.at_level(logging.WARNING, logger="jobs"):
        for act, was_well in ((raise_error, True), (raise_error, False), (str, False), (str, True)):
            one._try(act, was_well=was_well)
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


@pytest.mark.django_db
def test_who_was_taken_for_dead_ends_at_once(monkeypatch):
    killed = []
    monkeypatch.setattr("jobs.worker.os.kill", lambda *given: killed.append(given))
    Worker()._beat()
    assert len(killed) == 1

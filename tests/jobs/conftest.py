"""What the tests of jobs share."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from jobs import attempts, registry
from jobs.models import JobRun
from jobs.moments import Daily, Every, Moments
from jobs.registry import ScheduledJob
from jobs.retries import Pauses, minutes


def at(text: str) -> datetime:
    """Return the moment `text`, in UTC where it says nothing else."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@pytest.fixture
def no_jobs(monkeypatch, db) -> Iterator[None]:
    """Begin with an empty list of jobs."""
    monkeypatch.setattr(registry, "_jobs", {})
    yield
    JobRun.objects.all().delete()


SOON = minutes(1, 5)
Add = Callable[..., ScheduledJob]


@pytest.fixture
def add(no_jobs) -> Add:
    """Add a job."""

    def add_job(
        run: Callable[[], str] = lambda: "Done.",
        when: Moments | None = None,
        name: str = "tried",
        pauses: Pauses = SOON,
        queue: str = registry.PROMPT,
    ) -> ScheduledJob:
        job = ScheduledJob(name, name.title(), run, when or Every(1), timedelta(minutes=15), pauses, queue)
        registry.register(job)
        return job

    return add_job


NIGHTLY = Daily(time(2, 30))


def work(queue: str = registry.PROMPT, worker: str = "one") -> int:
    """Do what waits in `queue`; return how many tries that took."""
    number = 0
    while result := attempts.claim(queue, f"{worker}/{queue}"):
        attempts.perform(result)
        number += 1
    return number


def task_of(run: JobRun) -> DBTaskResult:
    """Return the task of `run`, as it is stored."""
    return DBTaskResult.objects.get(pk=run.task_id)

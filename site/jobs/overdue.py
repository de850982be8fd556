"""Which jobs should have run by now and have not, and which fail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, TaskResultStatus

from . import registry
from .attempts import BACKEND
from .models import JobRun
from .planning import site_zone
from .registry import ScheduledJob


@dataclass(frozen=True, slots=True)
class OverdueJob:
    """A job that has not come to an end since it was due: its name, its title, and since when."""

    name: str
    title: str
    since: datetime


def overdue(now: datetime | None = None) -> list[OverdueJob]:
    """Return the jobs whose latest run should have ended by `now` and has not, however it ended."""
    now = now or timezone.now()
    due = ((job, job.when.latest(now - job.late, site_zone())) for job in registry.jobs())
    return [
        OverdueJob(job.name, str(job.title), moment)
        for job, moment in due
        if not _has_ended(job.name, moment, now)
    ]


def failing() -> Iterator[tuple[ScheduledJob, JobRun]]:
    """Give the jobs whose last run failed for good, with that run."""
    for job in registry.jobs():
        run = JobRun.objects.of(job.name).ended().made().select_related("task").first()
        if run and run.task and run.task.status == TaskResultStatus.FAILED:
            yield job, run


def failed_tasks() -> QuerySet[DBTaskResult]:
    """Return what was given up and is neither a job nor a mail, such as a cache that was to be emptied."""
    failed = DBTaskResult.objects.failed().filter(backend_name=BACKEND, job_run=None, mail=None)
    return failed.order_by("-finished_at")


def _has_ended(job: str, moment: datetime, now: datetime) -> bool:
    """Say whether a run for `moment` or a later one has ended; one of a clock that was ahead is none."""
    return JobRun.objects.of(job).ended().filter(moment__gte=moment, moment__lte=now).exists()

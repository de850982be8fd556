"""Which jobs should have run by now and have not, and which fail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import timezone
from django_tasks_db.models import TaskResultStatus

from . import registry
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
    ended = _last_moments(now)
    due = ((job, job.when.latest(now - job.late, site_zone())) for job in registry.jobs())
    return [
        OverdueJob(job.name, str(job.title), moment)
        for job, moment in due
        if job.name not in ended or ended[job.name] < moment
    ]


def failing() -> Iterator[tuple[ScheduledJob, JobRun]]:
    """Give the jobs whose last run failed for good, with that run."""
    for job in registry.jobs():
        run = JobRun.objects.of(job.name).ended().made().select_related("task").first()
        if run and run.task and run.task.status == TaskResultStatus.FAILED:
            yield job, run


def _last_moments(now: datetime) -> dict[str, datetime]:
    """Return the latest moment of each job whose run has ended; none of a clock that was ahead."""
    ended = JobRun.objects.ended().filter(moment__lte=now).order_by()
    return dict(ended.values_list("job").annotate(Max("moment")))

"""What is due: each job's latest moment, once, whoever finds it first."""

from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, TaskResultStatus

from region_gate import clock

from . import attempts, registry
from .models import JobRun
from .registry import ScheduledJob
from .tasks import run_job


def site_zone() -> ZoneInfo:
    """Return the zone of the site's days."""
    return ZoneInfo(clock.zone())


def plan(now: datetime | None = None) -> None:
    """Have each job run for its latest moment at or before `now`, if that has no run as yet.

    Of several moments that have passed meanwhile it is the latest alone. While a job runs, nothing is
    planned for it: its next run begins when that one has ended.
    """
    now = now or timezone.now()
    attempts.hasten(now)
    for job in registry.jobs():
        moment = job.when.latest(now, site_zone())
        # A later one is as good, such as after a change of the zone; one of a clock that was ahead is not.
        if not JobRun.objects.of(job.name).filter(moment__gte=moment, moment__lte=now).exists():
            # Another worker was quicker: it has planned this moment, or another one.
            with suppress(IntegrityError), transaction.atomic():
                _plan(job, moment)


def _plan(job: ScheduledJob, moment: datetime) -> None:
    runs = JobRun.objects.of(job.name)
    if not job.when.begins_at_once and not runs.exists():
        runs.create(job=job.name, moment=moment, is_open=False)  # known from now on
        return
    if _is_free(job):
        task = run_job.using(queue_name=job.queue).enqueue(job.name)
        runs.create(job=job.name, moment=moment, task_id=task.id)


def _is_free(job: ScheduledJob) -> bool:
    """Say whether no run of the job is under way or about to be; one that waits for another try gives way."""
    held = DBTaskResult.objects.select_for_update(of=("self",))
    under_way = held.filter(job_run__job=job.name, job_run__is_open=True).first()
    if under_way and under_way.status == TaskResultStatus.READY and under_way.worker_ids:
        attempts.give_up(under_way)
        return True
    return under_way is None

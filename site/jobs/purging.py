"""What is not kept for good: runs, tasks and mails that are over."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, TaskResultStatus

from region_gate.retention import purgeable

from . import conf
from .attempts import BACKEND
from .models import JobRun, StoredMail

# How long a run is kept that had nothing to do, as most of those every minute.
QUIET_KEPT = timedelta(days=2)


@transaction.atomic
def purge() -> str:
    """Delete the mails and the runs that have been kept for long enough, but those held; say how many.

    Of each job the latest run stays, so that no moment is taken for a new one, and a mail that could not
    be sent until somebody has dealt with it.
    """
    now = timezone.now()
    mails = StoredMail.objects.over().filter(made_at__lt=now - conf.kept_for(conf.MAILS_KEPT))
    ended = DBTaskResult.objects.finished().filter(backend_name=BACKEND)
    said_nothing = Q(return_value="", status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - QUIET_KEPT)
    tasks = ended.filter(Q(finished_at__lt=now - conf.kept_for(conf.JOBS_KEPT)) | said_nothing)
    number = purgeable(mails).delete()[1].get(StoredMail._meta.label, 0)
    last = [key for key in _last_runs() if key]
    gone = purgeable(tasks.exclude(job_run__pk__in=last).exclude(mail__isnull=False)).delete()
    return f"{number} mails, {gone[1].get(DBTaskResult._meta.label, 0)} runs and tasks."


def _last_runs() -> list[int]:
    moments = JobRun.objects.order_by().values_list("job").annotate(Max("moment"))
    return [run.pk for job, moment in moments for run in JobRun.objects.filter(job=job, moment=moment)]

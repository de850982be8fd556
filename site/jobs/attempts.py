"""The tries of a task: claimed by one worker, done, and where that fails put back for later.

django-tasks-db keeps the tasks and says which are ready; its own worker does not try again, and leaves
what a killed one was at as running for ever.
"""

import json
import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django_tasks import TaskContext
from django_tasks_db.models import DBTaskResult, TaskResultStatus, get_date_max

from . import registry
from .exceptions import InterruptedJobError
from .models import JobRun
from .open_transactions import none_left_open
from .retries import LONGEST_PAUSE, MAIL_PAUSES, USUAL_PAUSES, Pauses, pause_after, told
from .tasks import deliver, run_job

logger = logging.getLogger(__name__)

BACKEND = "worker"  # of the setting TASKS
AT_ONCE = get_date_max()  # how django-tasks-db says that something need not wait


def waiting(queue: str) -> Any:
    """Return the tasks in `queue` that may be done now, the first of them first."""
    return DBTaskResult.objects.ready().filter(backend_name=BACKEND, queue_name=queue)


def claim(queue: str, worker: str) -> DBTaskResult | None:
    """Take the next task of `queue` for `worker`, so that nobody else does it; None where none waits."""
    if not waiting(queue).exists():  # which locks nothing: SQLite has one lock for all
        return None
    with transaction.atomic():
        found = waiting(queue).get_locked()
        if found:
            found.claim(worker)
    return found


def perform(result: DBTaskResult) -> None:
    """Do a task that was claimed. Raises nothing but what the database raises when it is told of the end."""
    try:
        value = _done(result)
    except (Exception, SystemExit) as error:  # whatever it is, it is this task's
        logger.exception("The task %s (%s) failed.", result.task_path, result.pk)
        end_badly(result, error)
    else:
        _end(result, TaskResultStatus.SUCCESSFUL, said=value)


def _done(result: DBTaskResult) -> Any:
    """Do the task; return what came of it, as JSON holds it."""
    task, given = result.task, result.args_kwargs
    context = [TaskContext(task_result=result.task_result)] if task.takes_context else []
    # A visit of our own pages, as the audit makes many, leaves its language and zone behind.
    with none_left_open(), translation.override(settings.LANGUAGE_CODE), timezone.override(None):
        return json.loads(json.dumps(task.call(*context, *given["args"], **given["kwargs"])))


def end_badly(result: DBTaskResult, error: BaseException) -> None:
    """Put the task back for another try, or give it up."""
    pause = pause_after(error, len(result.worker_ids), pauses_of(result))
    if pause is None:
        _end(result, TaskResultStatus.FAILED, error)
        return
    result.status = TaskResultStatus.READY
    result.run_after = timezone.now() + pause if pause else AT_ONCE
    _tell(result, error)
    result.save()


def give_up(result: DBTaskResult) -> None:
    """Try no more what waits for another try: something takes its place."""
    result.status, result.finished_at = TaskResultStatus.FAILED, timezone.now()
    result.save(update_fields=["status", "finished_at"])
    JobRun.objects.filter(task=result).update(is_open=False)


def running() -> list[DBTaskResult]:
    """Return what somebody is at, or was when it died."""
    return [*DBTaskResult.objects.running().filter(backend_name=BACKEND)]


def holder(result: DBTaskResult) -> str:
    """Return who claimed the task last: the worker, a slash, and its line of work."""
    return str(result.worker_ids[-1])


@transaction.atomic
def put_back(seen: DBTaskResult) -> bool:
    """Put back what its worker is not at any more, unless somebody was quicker; say whether that was so."""
    held = DBTaskResult.objects.running().select_for_update(skip_locked=True)
    result = held.filter(pk=seen.pk).first()
    is_left = result is not None and result.worker_ids == seen.worker_ids
    if result and is_left:
        logger.error("The task %s (%s) was interrupted.", result.task_path, result.pk)
        end_badly(result, InterruptedJobError())
    return is_left


def hasten(now: Any) -> None:
    """Have no other try wait longer than the longest pause: the clock was put back since."""
    late = DBTaskResult.objects.filter(
        backend_name=BACKEND,
        status=TaskResultStatus.READY,
        run_after__gt=now + LONGEST_PAUSE + timedelta(hours=1),
    )
    tried = late.exclude(run_after=AT_ONCE).exclude(worker_ids=[])
    if tried.exists():  # which, unlike the update, locks nothing
        tried.update(run_after=AT_ONCE)


def pauses_of(result: DBTaskResult) -> Pauses:
    """Return the pauses between the tries of a task."""
    if result.task_path == run_job.module_path:
        return _pauses_of_job(*result.args_kwargs["args"])
    return MAIL_PAUSES if result.task_path == deliver.module_path else USUAL_PAUSES


def _pauses_of_job(name: str) -> Pauses:
    try:
        return registry.job_named(name).pauses
    except LookupError:  # a worker of another release may know it
        return USUAL_PAUSES


@transaction.atomic
def _end(result: DBTaskResult, status: str, error: BaseException | None = None, said: Any = None) -> None:
    result.status, result.finished_at = status, timezone.now()
    result.return_value = said
    result.exception_class_path = ""
    if error:
        _tell(result, error)
    result.save()
    JobRun.objects.filter(task=result).update(is_open=False)


def _tell(result: DBTaskResult, error: BaseException) -> None:
    """Note what went wrong, without the traceback: it may hold anything, and stands in the log."""
    result.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    result.return_value = told(error)

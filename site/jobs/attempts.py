"""The tries of a task: claimed by one worker, done, and where that fails put back for later.

django-tasks-db keeps the tasks and says which are ready; its own worker does not try again, and leaves
what a killed one was at as running for ever.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, TaskResultStatus, get_date_max

from . import registry
from .exceptions import InterruptedJobError
from .models import JobRun
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
        task = result.task
        given = result.args_kwargs
        value = task.call(*given["args"], **given["kwargs"])
    except Exception as error:  # whatever it is, it is this task's
        logger.exception("The task %s (%s) failed.", result.task_path, result.pk)
        end_badly(result, error)
    else:
        _end(result, TaskResultStatus.SUCCESSFUL, said=value)


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


@transaction.atomic
def interrupt(workers_gone: Iterable[str] | None = None, *, living: Iterable[str] = ()) -> int:
    """Put back what nobody is at any more; return how many tasks that are.

    It is what the lines of work `workers_gone` had claimed; without them, what was claimed by a worker
    that is not among the `living`.
    """
    running = DBTaskResult.objects.running().filter(backend_name=BACKEND)
    held = running.select_for_update(skip_locked=True)
    found = [one for one in held if _is_left(one.worker_ids[-1], workers_gone, living)]
    for result in found:
        logger.error("The task %s (%s) was interrupted.", result.task_path, result.pk)
        end_badly(result, InterruptedJobError())
    return len(found)


def _is_left(line: str, gone: Iterable[str] | None, living: Iterable[str]) -> bool:
    return line in gone if gone is not None else line.partition("/")[0] not in living


def hasten(now: Any) -> None:
    """Have nothing wait longer than the longest pause: the clock was put back since."""
    late = DBTaskResult.objects.filter(
        backend_name=BACKEND,
        status=TaskResultStatus.READY,
        run_after__gt=now + LONGEST_PAUSE + timedelta(hours=1),
    )
    late.exclude(run_after=AT_ONCE).update(run_after=AT_ONCE)


def pauses_of(result: DBTaskResult) -> Pauses:
    """Return the pauses between the tries of a task."""
    if result.task_path == run_job.module_path:
        return _pauses_of_job(*result.args_kwargs["args"])
    return MAIL_PAUSES if result.task_path == deliver.module_path else USUAL_PAUSES


def _pauses_of_job(name: str) -> Pauses:
    try:
        return registry.job_named(name).pauses
    except LookupError:  # it was taken off the list since
        return ()


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

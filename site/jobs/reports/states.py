"""How far a task is, in words."""

from datetime import timedelta

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult, TaskResultStatus


class RunState(TextChoices):
    """What has become of a task so far."""

    WAITING = "waiting", _("waits")
    AGAIN = "again", _("will be tried again")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


STATES = {
    RunState.WAITING: Q(task__status=TaskResultStatus.READY, task__worker_ids=[]),
    RunState.AGAIN: Q(task__status=TaskResultStatus.READY) & ~Q(task__worker_ids=[]),
    RunState.RUNNING: Q(task__status=TaskResultStatus.RUNNING),
    RunState.DONE: Q(task__status=TaskResultStatus.SUCCESSFUL),
    RunState.FAILED: Q(task__status=TaskResultStatus.FAILED),
}
SIMPLE = {
    TaskResultStatus.RUNNING: RunState.RUNNING,
    TaskResultStatus.SUCCESSFUL: RunState.DONE,
    TaskResultStatus.FAILED: RunState.FAILED,
}


def state_of(task: DBTaskResult) -> RunState:
    """Return the state of `task`."""
    waits = RunState.AGAIN if task.worker_ids else RunState.WAITING
    return SIMPLE.get(TaskResultStatus(task.status), waits)


def seconds_of(task: DBTaskResult) -> float | None:
    """Return how long the last try of `task` took; None before it has ended."""
    if task.started_at is None or task.finished_at is None:
        return None
    return round((task.finished_at - task.started_at) / timedelta(seconds=1), 1)

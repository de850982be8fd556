"""Who is told by e-mail that something waits for them."""

from typing import Any

from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.models import TaskState
from wagtail.signals import task_submitted

from region_gate.pipeline import Event, Stage, step

from .four_eyes import may_approve
from .mailing import written
from .models import Review

WAGTAILS = "group_approval_task_submitted_email_notification"


class ReviewNotifier(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Wagtail's, which writes to those only who may approve."""

    def get_template_set(self, instance: TaskState, **kwargs: Any) -> dict[str, str]:
        """Return Wagtail's templates, but for our reviews, which lead to the reviewer's screen."""
        given: dict[str, str] = super().get_template_set(instance, **kwargs)
        is_ours = isinstance(instance.task.specific, Review)
        return {**given, "text": "review/waiting.txt"} if is_ours else given

    def get_context(self, task_state: TaskState, **kwargs: Any) -> dict[str, Any]:
        """Give the step that waits, too."""
        return {**super().get_context(task_state, **kwargs), "task_state": task_state}

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> set[Any]:
        """Return the reviewers of what was sent, less those who wrote or sent it."""
        people = super().get_recipient_users(task_state, **kwargs)
        task, thing = task_state.task.specific, task_state.workflow_state.content_object
        return {
            person for person in people if task.is_reviewer(thing, person) and may_approve(person, task_state)
        }


@step(Event.TASK_SUBMITTED, Stage.MAIL, TaskState)
def write_to_reviewers(instance: TaskState, **kwargs: Any) -> None:
    """Tell those who may approve it that something waits for them."""
    with written():
        ReviewNotifier()(instance, **kwargs)


def take_over() -> None:
    """Keep Wagtail from writing as well: its place among the receivers is taken, before or after it came."""
    task_submitted.disconnect(sender=TaskState, dispatch_uid=WAGTAILS)
    task_submitted.connect(_write_nothing, sender=TaskState, dispatch_uid=WAGTAILS)


def _write_nothing(**kwargs: Any) -> None:
    """Do nothing, in Wagtail's place."""

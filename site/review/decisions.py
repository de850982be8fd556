"""Decisions already made: who made one, which, and when, for whoever comes second."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from home.exceptions import RefusedError
from region_gate.models import Edition
from region_gate.signoff import lasting_name

# The buttons of an editor, by what they ask for.
DECIDING = {"action-workflow-action", "action-cancel-workflow"}
SUBMITTING = {"action-submit", "action-restart-workflow"}


def outcome(state: TaskState) -> str:
    """Say who decided what in `state` and when; blank while it waits for a decision."""
    review = state.workflow_state
    if state.status == TaskState.STATUS_IN_PROGRESS:
        return "" if review.status == WorkflowState.STATUS_IN_PROGRESS else _("The review is over.")
    said = _said(state) % {"person": _person(state.finished_by), "moment": _moment(state.finished_at)}
    return f"{said} {_sent_anew(state)}".strip()


def check_undecided(state: TaskState) -> None:
    """Raise RefusedError where `state`, as it is stored, has been decided."""
    if said := outcome(state):
        raise RefusedError(said)


def check_step(number: int, user: Any) -> None:
    """Raise RefusedError where the step `number` has been decided, if `user` is one of its reviewers."""
    state = TaskState.objects.filter(pk=number).first()
    may_know = getattr(state.task.specific, "is_reviewer", None) if state else None
    if state and may_know and may_know(state.revision.content_object, user):
        check_undecided(state)


def check_decision(made: TaskState | WorkflowState) -> None:
    """Raise RefusedError where `made` would overwrite a decision that was made since it was read."""
    Edition.lock_in_transaction()
    stored = type(made)._base_manager.filter(pk=made.pk).first()
    if stored is None:
        return
    is_final = stored.status not in (made.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    if is_final and stored.status != made.status:
        raise RefusedError(outcome(_step_of(stored)))


def _step_of(made: TaskState | WorkflowState) -> TaskState:
    """Return the step in which a review was decided last."""
    return made if isinstance(made, TaskState) else made.task_states.order_by("finished_at", "pk").last()


def check_button(request: HttpRequest, thing: Any) -> None:
    """Raise RefusedError where the button of an editor comes too late for the review of `thing`."""
    review = getattr(thing, "current_workflow_state", None)
    if review is None and not DECIDING.isdisjoint(request.POST):
        last = TaskState.objects.for_instance(thing).order_by("-pk").first()
        raise RefusedError(outcome(last) if last else _("This is not in review."))
    if review and review.status == review.STATUS_IN_PROGRESS and not SUBMITTING.isdisjoint(request.POST):
        raise RefusedError(_sent(review))


def _said(state: TaskState) -> str:
    """Return a sentence about the decision, with placeholders for who and when."""
    return {
        TaskState.STATUS_APPROVED: _("This has been decided already: %(person)s approved it on %(moment)s."),
        TaskState.STATUS_REJECTED: _(
            "This has been decided already: %(person)s asked for changes on %(moment)s."
        ),
    }.get(state.status, _("This waits for no decision any more: %(person)s ended the review on %(moment)s."))


def _sent_anew(state: TaskState) -> str:
    """Return a sentence if the same thing waits for review again, else blank."""
    review = WorkflowState.objects.filter(
        base_content_type=state.workflow_state.base_content_type_id,
        object_id=state.workflow_state.object_id,
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    newer = review.exclude(current_task_state=state).select_related("requested_by").first()
    return _sent(newer) if newer else ""


def _sent(review: WorkflowState) -> str:
    """Return a sentence about who sent what waits in `review`, and when."""
    began = review.current_task_state.started_at if review.current_task_state else review.created_at
    values = {"person": _person(review.requested_by), "moment": _moment(began)}
    return _("It waits for review: %(person)s sent it on %(moment)s.") % values


def _person(person: Any) -> str:
    return lasting_name(person) or _("the site itself")


def _moment(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i") if moment else "–"

"""Links to the reviewer's screen: on the first page of the admin, and in editors."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState

from . import four_eyes
from .models import LegalReview, PageReview, Review
from .shared_approvals import TeamStanding

DECISIONS = {"approve", "reject"}
MAX_SHOWN = 20  # on the first page; the rest stand in Wagtail's report


class WaitingPanel(Component):
    """What waits for the person's review, each with the way to its decision."""

    name = "workflow_objects_to_moderate"  # stands where Wagtail's own would
    template_name = "review/waiting_panel.html"
    order = 60

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give the steps, the oldest first, and the things they are about."""
        assert parent_context is not None  # noqa: S101 - the admin's first page gives one
        due = TaskState.objects.reviewable_by(parent_context["request"].user)
        states = due.select_related("workflow_state__requested_by").prefetch_related(
            "revision__content_object", "team_approvals"
        )
        ours = {task.pk for kind in (PageReview, LegalReview) for task in kind.objects.only("pk")}
        rows = [
            (state, thing, _address(state, thing, ours), _so_far(state))
            for state in states.order_by("started_at")[:MAX_SHOWN]
            if (thing := state.revision.content_object)
        ]
        return {"waiting": rows, "others": max(0, due.count() - MAX_SHOWN)}


def _so_far(state: TaskState) -> str:
    """Say which teams have approved, and how many more must; blank where none has yet."""
    return str(TeamStanding(state)) if state.team_approvals.all() else ""


def _address(state: TaskState, thing: Any, ours: set[int]) -> str:
    """Return where the step is decided: on the screen, in the editor where its task is not one of `ours`."""
    if state.task_id in ours:
        return reverse("review", args=[state.pk])
    return AdminURLFinder().get_edit_url(thing) or ""


class ReviewMenuItem(ActionMenuItem):
    """Leads from an editor to the decision about what it edits."""

    name = "action-review"
    label = _("Review")
    icon_name = "clipboard-list"

    def __init__(self, state: TaskState) -> None:
        """Lead to the step `state`."""
        super().__init__()
        self.state = state

    def get_url(self, parent_context: Mapping[str, Any]) -> str:
        """Return the address of the screen."""
        return reverse("review", args=[self.state.pk])


def offer_no_way_around(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Remove the button that would publish at once where an approval is needed."""
    if four_eyes.is_required():
        items[:] = [item for item in items if item.name != "action-publish"]


def put_the_review_first(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Send reviewers to the screen: Wagtail's own buttons would save the draft again before the decision."""
    thing = context.get("page") or context.get("instance")
    state = getattr(thing, "current_workflow_task_state", None)
    task = state.task.specific if state else None
    if isinstance(task, Review):
        items[:] = [item for item in items if item.name not in DECISIONS]
        if task.is_reviewer(thing, request.user):
            items.insert(0, ReviewMenuItem(state))

"""Links to the reviewer's screen in editors."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import TaskState

from . import four_eyes
from .models import Review

DECISIONS = {"approve", "reject"}


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

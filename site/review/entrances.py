"""The ways to the reviewer's screen: the first page of the admin, and the page's editor."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState

from .models import PageReview


def review_address(state: TaskState, thing: Any) -> str:
    """Return where the step `state` about `thing` is decided: a page's on one screen, else in its editor."""
    if isinstance(thing, Page):
        return reverse("review", args=[state.pk])
    return reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])


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
            "revision__content_object"
        )
        things = ((state, state.revision.content_object) for state in states.order_by("started_at"))
        return {"waiting": [(state, thing, review_address(state, thing)) for state, thing in things if thing]}


class ReviewMenuItem(ActionMenuItem):
    """Leads from a page's editor to the decision."""

    name = "action-review"
    label = _("Review")
    icon_name = "clipboard-list"

    def get_url(self, parent_context: Mapping[str, Any]) -> str:
        """Return the address of the screen."""
        page = parent_context["page"]
        return review_address(page.current_workflow_task_state, page)


def put_the_review_first(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Have reviewers of a page that waits for them decide, before they write in it themselves."""
    page = context.get("page")
    task = page.current_workflow_task if page else None
    if isinstance(task, PageReview) and task.is_reviewer(page, request.user):
        items.insert(0, ReviewMenuItem())

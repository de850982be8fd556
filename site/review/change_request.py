"""Legal's reason for a change request, shown beside the draft and on the reviewer's screen."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from region_gate.authoring.draft_links import Draft
from region_gate.authoring.draft_sections import Section
from region_gate.signoff import lasting_name


class ReasonSection(Section):
    """The last reason in the review that is under way; nothing where there is none."""

    template_name = "review/reason.html"

    def __init__(self, draft: Draft) -> None:
        """Look at the review of the page of `draft`."""
        super().__init__(draft)
        self.review = draft.page.current_workflow_state

    @property
    def count(self) -> int:
        """Return 1 while the draft waits to be changed."""
        return int(bool(self.review) and self.review.status == self.review.STATUS_NEEDS_CHANGES)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give the step in which changes were asked for."""
        asked = TaskState.objects.filter(workflow_state=self.review, status=TaskState.STATUS_REJECTED)
        last = asked.select_related("finished_by").order_by("-finished_at") if self.review else asked.none()
        return {"asked": last.first()}


def asked_in(step: TaskState) -> str:
    """Return who asks for changes in `step`, and why."""
    asked = _("{person} asks for changes: “{reason}”")
    return asked.format(person=lasting_name(step.finished_by), reason=step.comment)


def tell_why_it_came_back(request: HttpRequest, thing: Any) -> None:
    """Say at the top of the editor what legal asks to change in `thing`."""
    review = getattr(thing, "current_workflow_state", None) if request.method == "GET" else None
    if review and review.status == review.STATUS_NEEDS_CHANGES and review.current_task_state:
        messages.warning(request, asked_in(review.current_task_state))

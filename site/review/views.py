"""The reviewer's screen: what changed, what was found, and the decision."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, TaskState

from region_gate.authoring.draft_links import Draft
from region_gate.authoring.draft_sections import Section, sections_of
from therapies.comparing.changes import Change, changes
from therapies.comparing.text_fields import passages_of
from therapies.editing.edits import is_outdated
from therapies.labels.withdrawal import name_pages_left
from therapies.models import Label

from .baseline import compared_with
from .decisions import outcome
from .four_eyes import may_approve
from .models import Review

ACTIONS = ("approve", "reject")


class ReviewView(WagtailAdminTemplateMixin, TemplateView):
    """Everything a reviewer needs to decide about a page or snippet, on one screen."""

    template_name = "review/review.html"
    page_title = gettext_lazy("Review")
    header_icon = "clipboard-list"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Serve reviewers of the thing only; redirect to its editor if it has been decided."""
        if not self.task.is_reviewer(self.thing, request.user):
            raise PermissionDenied
        if said := outcome(self.state):
            messages.warning(request, said)
            return redirect(AdminURLFinder().get_edit_url(self.thing))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def state(self) -> TaskState:
        """Return the step that waits for a decision."""
        ours = Q(task__pagereview__isnull=False) | Q(task__legalreview__isnull=False)
        states = TaskState.objects.select_related("revision", "workflow_state__requested_by")
        return get_object_or_404(states, ours, pk=self.kwargs["state"])

    @cached_property
    def task(self) -> Review:
        """Return the review that the step belongs to."""
        return self.state.task.specific

    @cached_property
    def thing(self) -> Any:
        """Return the page or snippet as it is stored. Raises Http404 where it is gone."""
        found = self.state.revision.content_object
        if found is None:
            raise Http404
        return found

    def get_page_subtitle(self) -> str:
        """Name the thing."""
        return str(self.state.revision.object_str)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take the decision, or say what it lacks."""
        action = next((name for name in ACTIONS if name in request.POST), "")
        if not action:
            return self.get(request)
        form = self.task.get_form_for_action(action)(request.POST, prefix=action)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(**{action: form}))
        self._decide(action, form.cleaned_data)
        said = _("“%(page)s” has been approved.") if action == "approve" else _("“%(page)s” goes back.")
        messages.success(request, said % {"page": self.state.revision.object_str})
        return redirect(reverse("wagtailadmin_home"))

    def _decide(self, action: str, values: dict[str, Any]) -> None:
        """Take the decision; where a label ends by it, name the pages that are left without one."""

        def decide() -> None:
            self.task.on_action(self.state, self.request.user, action, **values)

        if isinstance(self.thing, Label):
            name_pages_left(self.request, self.thing, decide)
        else:
            decide()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the changes, the findings and the forms."""
        forms = {name: self.task.get_form_for_action(name)(prefix=name) for name in ACTIONS}
        return {**super().get_context_data(**kwargs), **self._findings(), **forms, **kwargs}

    def _findings(self) -> dict[str, Any]:
        revision = self.state.revision
        reviewed, before = revision.as_object(), compared_with(revision)
        return {
            "step": self.state,
            "reviewed": reviewed,
            "before": before,
            "changes": _changes(before.as_object() if before else None, reviewed),
            "sections": self._sections(),
            "preview_url": _preview_address(self.state, reviewed),
            "may_approve": may_approve(self.request.user, self.state),
            "is_outdated": is_outdated(revision),
        }

    def _sections(self) -> list[Section]:
        """Return what there is to know of a page besides its words."""
        if not isinstance(self.thing, Page):
            return []
        return sections_of(Draft(self.thing, self.request, self.state.revision))


def _preview_address(state: TaskState, thing: Any) -> str:
    """Return the address of the preview; blank for a thing that has none."""
    name = "wagtailadmin_pages:workflow_preview"
    if not isinstance(thing, Page):
        name = thing.snippet_viewset.get_url_name("workflow_preview")
    is_shown = getattr(thing, "is_previewable", lambda: False)
    return reverse(name, args=[thing.pk, state.task_id]) if is_shown() else ""


def _changes(before: Any, after: Any) -> list[Change]:
    """Return the changes from `before` to `after`; without a `before`, all of `after`."""
    old, new = passages_of(before, after) if before else ([], *passages_of(after))
    return changes(old, new)

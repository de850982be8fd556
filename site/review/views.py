"""The reviewer's screen: what changed, what was found, and the decision."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, TaskState

from region_gate.authoring.drafts import Draft
from region_gate.authoring.panel import DRAFT_SECTIONS
from therapies.changes import Change, changes
from therapies.passages import passages_of

from .approved import compared_with
from .forms import ApprovalForm, ChangesForm
from .four_eyes import may_approve
from .models import PageReview

FORMS: dict[str, type[Form]] = {"approve": ApprovalForm, "reject": ChangesForm}


class ReviewView(WagtailAdminTemplateMixin, TemplateView):
    """Everything a reviewer needs to decide about a page, on one screen."""

    template_name = "review/review.html"
    page_title = gettext_lazy("Review")
    header_icon = "clipboard-list"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Serve those only who review the page; what has been decided leads to the page."""
        if not self.task.is_reviewer(self.thing, request.user):
            raise PermissionDenied
        if self.state.status != TaskState.STATUS_IN_PROGRESS:
            messages.warning(request, _("This has been decided already."))
            return redirect("wagtailadmin_pages:edit", self.thing.pk)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def state(self) -> TaskState:
        """Return the step that waits for a decision."""
        pages = TaskState.objects.select_related("revision", "workflow_state__requested_by")
        return get_object_or_404(pages, pk=self.kwargs["state"], task__pagereview__isnull=False)

    @cached_property
    def task(self) -> PageReview:
        """Return the review that the step belongs to."""
        return self.state.task.specific

    @cached_property
    def thing(self) -> Page:
        """Return the page as it is stored."""
        return get_object_or_404(Page, pk=self.state.revision.object_id)

    def get_page_subtitle(self) -> str:
        """Name the page."""
        return str(self.state.revision.object_str)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take the decision, or say what it lacks."""
        action = next((name for name in FORMS if name in request.POST), "")
        if action not in FORMS:
            return self.get(request)
        form = FORMS[action](request.POST, prefix=action)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(**{action: form}))
        self.task.on_action(self.state, request.user, action, **form.cleaned_data)
        said = _("“%(page)s” has been approved.") if action == "approve" else _("“%(page)s” goes back.")
        messages.success(request, said % {"page": self.state.revision.object_str})
        return redirect(reverse("wagtailadmin_home"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the changes, the findings and the forms."""
        forms = {name: form(prefix=name) for name, form in FORMS.items()}
        return {**super().get_context_data(**kwargs), **self._findings(), **forms, **kwargs}

    def _findings(self) -> dict[str, Any]:
        revision = self.state.revision
        draft = Draft(self.thing, self.request, revision)
        before = compared_with(revision)
        return {
            "step": self.state,
            "reviewed": draft.page,
            "before": before,
            "changes": _changes(before.as_object() if before else None, draft.page),
            "sections": [section_of(draft) for section_of in hooks.get_hooks(DRAFT_SECTIONS)],
            "may_approve": may_approve(self.request.user, self.state),
            "is_outdated": self.thing.latest_revision_id != revision.pk,
        }


def _changes(before: Page | None, after: Page) -> list[Change]:
    """Return what `after` says otherwise than `before`; all of it without a before."""
    old, new = passages_of(before, after) if before else ([], *passages_of(after))
    return changes(old, new)

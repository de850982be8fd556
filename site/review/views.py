"""The reviewer's screen: what changed, what was found, and the decision."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, TaskState

from home.breadcrumbs import BreadcrumbsMixin
from home.exceptions import RefusedError
from region_gate.authoring.draft_links import Draft
from region_gate.authoring.draft_sections import Section, sections_of
from region_gate.models import Notice
from therapies.catching_up.families import followers_of
from therapies.editing.edits import is_outdated
from therapies.labels.withdrawal import name_pages_left
from therapies.models import Label

from . import comments
from .baseline import Baseline, baseline_of
from .claims import claims_of
from .comment_places import name_of_place, places_of
from .decisions import outcome
from .forms import ApprovalForm, CommentForm, ConsentForm
from .four_eyes import may_approve
from .impact.change import change_in
from .impact.impact import Impact, is_told_of
from .models import Review
from .passages import anchor_of, reviewed_passages
from .regions import is_shared
from .release_models import ReleaseItem
from .shared_approvals import TeamStanding, needs

ACTIONS = ("approve", "reject")


class StepView(BreadcrumbsMixin, TemplateView):
    """A view of something that waits for a decision, for its reviewers only."""

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

    @cached_property
    def reviewed(self) -> Any:
        """Return the page or snippet as it was sent."""
        return self.state.revision.as_object()

    @cached_property
    def baseline(self) -> Baseline:
        """Return what it is compared with."""
        return baseline_of(self.state.revision, self.reviewed)

    @cached_property
    def is_previewable(self) -> bool:
        """Say whether there is a preview of it."""
        return bool(getattr(self.thing, "is_previewable", lambda: False)())


class ReviewView(StepView):
    """Everything a reviewer needs to decide about a page or snippet, on one screen."""

    template_name = "review/review.html"
    page_title = gettext_lazy("Review")
    header_icon = "clipboard-list"

    def get_page_subtitle(self) -> str:
        """Name the thing."""
        return str(self.state.revision.object_str)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take the decision, or say what it lacks; or take a comment."""
        if "comment" in request.POST:
            return self._comment()
        action = next((name for name in ACTIONS if name in request.POST), "")
        if not action:
            return self.get(request)
        form = self._form(action)(request.POST, prefix=action)
        if not self._is_informed(form):
            return self.render_to_response(self.get_context_data(**{action: form}))
        self._decide(action, form.cleaned_data)
        messages.success(request, self._said(action))
        return redirect(reverse("wagtailadmin_home"))

    def _comment(self) -> HttpResponseBase:
        """Take a comment on a passage, and lead back to it."""
        place = self.request.POST.get("place", "")
        try:
            comments.add(self.state, self.request.user, place, self.request.POST.get("text", ""))
        except RefusedError as refusal:
            messages.error(self.request, refusal.messages[0])
        passage = next((key for key, places in places_of(self.reviewed).items() if place in dict(places)), "")
        return redirect(f"{self.request.get_full_path()}#{anchor_of(passage)}")

    def _is_informed(self, form: CommentForm) -> bool:
        """Say whether all open comments have been seen by whoever approves; tell them in the form if not."""
        if isinstance(form, ConsentForm) and not form.has_error("comments_seen"):
            try:
                comments.check_seen(self.thing, form.cleaned_data.get("comments_seen", ""))
            except RefusedError as refusal:
                form.add_error("comments_seen", refusal.messages)
        return form.is_valid()

    def _said(self, action: str) -> str:
        """Say what came of `action`, and what is next."""
        page = {"page": self.state.revision.object_str}
        if action == "reject":
            return _("“%(page)s” goes back to whoever sent it, with your reason.") % page
        if standing := self._standing():
            return f"{_('Your approval of “%(page)s” is kept.') % page} {needs(standing.missing)}"
        return f"{_('“%(page)s” has been approved.') % page} {self._next()}".strip()

    def _next(self) -> str:
        """Say when visitors meet what has been approved; blank where there is nothing to say."""
        if item := ReleaseItem.objects.holding(self.thing):
            return _("It goes live with the release “%(release)s”.") % {"release": item.release}
        self.state.revision.refresh_from_db(fields=["approved_go_live_at"])
        if moment := self.state.revision.approved_go_live_at:
            said = date_format(localtime(moment), "DATETIME_FORMAT")
            return _("It goes live on %(moment)s.") % {"moment": said}
        if not isinstance(self.thing, Page):
            return ""
        self.thing.refresh_from_db(fields=["live_revision"])
        return _("It is live.") if self.thing.live_revision_id == self.state.revision_id else ""

    def _standing(self) -> TeamStanding | None:
        """Return how far the approval of many teams has come; None where one team decides, or all have."""
        self.state.refresh_from_db(fields=["status"])
        is_waiting = self.state.status == TaskState.STATUS_IN_PROGRESS
        return TeamStanding(self.state) if is_waiting and is_shared(self.state) else None

    def _teams(self) -> dict[str, Any]:
        """Return what the teams have said, and what an approval of this person would do."""
        standing, user = self._standing(), self.request.user
        if standing is None:
            return {"completes": True}
        return {
            "teams": standing,
            "completes": standing.completed_by(user),
            "refusal": standing.refusal(user),
        }

    def _impact(self) -> dict[str, Any]:
        """Return what an approval will change besides the thing itself, and where to see it."""
        if not is_told_of(self.thing):
            return {}
        address = reverse("review_impact", args=[self.state.pk])
        impact = Impact(change_in(self.state))
        return {"impact": impact, "impact_url": address, "preview_url_of_impact": f"{address}preview/"}

    def _form(self, action: str) -> type[CommentForm]:
        return self.task.form_for(action, self.state, self.request.user)

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
        context = {**super().get_context_data(**kwargs), **self._findings(), **self._passages()}
        forms = {
            "approve": self._form("approve")(prefix="approve"),
            "reject": self._form("reject")(
                prefix="reject", initial={"comment": self._reasons(context["open_comments"])}
            ),
            **kwargs,
        }
        if isinstance(forms["approve"], ConsentForm):
            forms["approve"].show(context["open_comments"])
        if isinstance(forms["approve"], ApprovalForm) and not followers_of(self.thing):
            del forms["approve"].fields["safety_change"]
        return {**context, **forms}

    def _findings(self) -> dict[str, Any]:
        return {
            "step": self.state,
            "reviewed": self.reviewed,
            "baseline": self.baseline,
            "sections": self._sections(),
            "claims": claims_of(self.reviewed) if isinstance(self.thing, Page) else [],
            "shipped": self.reviewed.differences if isinstance(self.thing, Notice) else None,
            "preview_url": _preview_address(self.state, self.thing) if self.is_previewable else "",
            "marked_url": reverse("review_marked", args=[self.state.pk]) if self.is_previewable else "",
            "may_approve": may_approve(self.request.user, self.state),
            **self._teams(),
            **self._impact(),
            "is_outdated": is_outdated(self.state.revision),
        }

    def _passages(self) -> dict[str, Any]:
        """Give the passages that matter, or all of them; and the comments that are on none of these."""
        remarks = comments.comments_on(self.thing)
        passages = reviewed_passages(self.baseline.thing, self.reviewed, remarks)
        shows_all = "whole" in self.request.GET
        shown = [one for one in passages if shows_all or one.matters]
        placed = {remark.pk for one in passages for remark in one.comments}
        return {
            "passages": shown,
            "hidden": len(passages) - len(shown),
            "shows_all": shows_all,
            "has_changes": any(one.what for one in passages),
            "other_comments": [remark for remark in remarks if remark.pk not in placed],
            "open_comments": [remark for remark in remarks if remark.resolved_at is None],
        }

    def _reasons(self, remarks: list[Any]) -> str:
        """Return the open comments as the beginning of a reason to ask for changes."""
        places = [place for known in places_of(self.reviewed).values() for place in known]
        lines = (f"{name_of_place(one, places)}: {one.text}".strip(": ") for one in remarks)
        return "\n".join(lines)

    def _sections(self) -> list[Section]:
        """Return what there is to know of a page besides its words."""
        if not isinstance(self.thing, Page):
            return []
        return sections_of(Draft(self.thing, self.request, self.state.revision))


def _preview_address(state: TaskState, thing: Any) -> str:
    """Return the address of the preview."""
    name = "wagtailadmin_pages:workflow_preview"
    if not isinstance(thing, Page):
        name = thing.snippet_viewset.get_url_name("workflow_preview")
    return reverse(name, args=[thing.pk, state.task_id])

"""Releases in the admin: the list, one release with all that is to be done, and its form."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail.models import Page

from home.exceptions import RefusedError

from ..release_models import Release, ReleaseState
from . import history, lifecycle, parts, permissions, renewals
from .forms import ReleaseForm
from .overview import rows_of


class ReleasePage(WagtailAdminTemplateMixin):
    """A page of the admin about releases, for those who have to do with a region."""

    header_icon = "calendar-check"
    page_title = gettext_lazy("Releases")
    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse whoever works for no region."""
        if not permissions.own_regions(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def release(self) -> Release:
        """Return the release, one that the person may see. Raises Http404 for any other."""
        return get_object_or_404(permissions.visible(self.request.user), pk=self.kwargs["pk"])

    @property
    def may_decide(self) -> bool:
        """Say whether the person decides about the release."""
        return permissions.may_decide(self.release, self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list, and to the release."""
        trail = [{"url": reverse("releases"), "label": _("Releases")}]
        if "pk" in self.kwargs:
            trail.append({"url": self.release.get_absolute_url(), "label": str(self.release)})
        own = {"url": "", "label": self.get_page_title()}
        is_end = trail[-1]["label"] == str(own["label"])
        return [*super().get_breadcrumbs_items(), *trail, *([] if is_end else [own])]


class ReleaseListView(ReleasePage, TemplateView):
    """Lists the releases of the person's regions, the newest first."""

    template_name = "review/releases/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the releases."""
        found = permissions.visible(self.request.user).prefetch_related("regions", "items")
        return {**super().get_context_data(**kwargs), "releases": found, "now": timezone.now()}


class ReleaseCreateView(ReleasePage, FormView):
    """Makes a release, empty at first."""

    template_name = "review/releases/form.html"
    form_class = ReleaseForm
    page_title = gettext_lazy("New release")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form who asks."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: ReleaseForm) -> HttpResponse:
        """Keep the release, and lead on to it."""
        form.instance.created_by = self.request.user
        release = form.save()
        log(release, history.CREATED, user=self.request.user)
        return redirect(release)


class ReleaseEditView(ReleaseCreateView):
    """Changes what is told of a release, and its date."""

    page_title = gettext_lazy("Change the release")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the release to the form."""
        return {**super().get_form_kwargs(), "instance": self.release}

    def form_valid(self, form: ReleaseForm) -> HttpResponse:
        """Keep the changes; with another date, it is to be prepared anew."""
        stored = Release.objects.get(pk=self.release.pk)
        parts.check_may_change(stored)
        if "goes_live_at" in form.changed_data:
            form.instance.state = ReleaseState.DRAFT
        release = form.save()
        log(release, history.CHANGED, user=self.request.user, data={"fields": form.changed_data})
        return redirect(release)


class ReleaseView(ReleasePage, TemplateView):
    """One release: its parts and how they stand, what is missing, and the buttons."""

    template_name = "review/releases/release.html"

    def get_page_title(self) -> str:
        """Name the release."""
        return str(self.release)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the parts, the pages under old codes, and what was done."""
        release = self.release
        rows = [*rows_of(release, self.request.user)]
        return {
            **super().get_context_data(**kwargs),
            "release": release,
            "rows": rows,
            "without_fault": sum(not row.faults for row in rows),
            "to_renew": renewals.pages_to_renew(release) if release.is_open else [],
            "left_out": release.left_out.select_related("decided_by", "page"),
            "history": history.history_of(release),
            "may_decide": self.may_decide,
            "is_overdue": release.is_overdue(timezone.now()),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the button says."""
        action, _colon, number = request.POST.get("action", "").partition(":")
        if action in DECISIONS:
            if not self.may_decide:
                raise PermissionDenied
            DECISIONS[action](self, number)
        elif action in CHANGES:
            CHANGES[action](self, number)
        return redirect(self.release)

    def prepare(self, _number: str) -> None:
        """Check and try the release."""
        faults = lifecycle.prepare(self.release, self.request.user)
        if not faults:
            messages.success(self.request, _("Everything was tried together, and could go live."))
            return
        words = ngettext("%(number)s fault was found.", "%(number)s faults were found.", len(faults))
        messages.error(self.request, words % {"number": len(faults)})

    def schedule(self, _number: str) -> None:
        """Put the release on the schedule."""
        lifecycle.schedule(self.release, self.request.user)
        messages.success(self.request, _("“%(release)s” is scheduled.") % {"release": self.release})

    def unschedule(self, _number: str) -> None:
        """Take the release off the schedule."""
        lifecycle.unschedule(self.release, self.request.user)

    def make_live(self, _number: str) -> None:
        """Make the release live now."""
        lifecycle.make_live(self.release, self.request.user)
        messages.success(self.request, _("“%(release)s” is live, all of it.") % {"release": self.release})

    def cancel(self, _number: str) -> None:
        """End the release."""
        lifecycle.cancel(self.release, self.request.user)
        words = _(
            "“%(release)s” is cancelled. Its parts are drafts; send one to review to publish it by itself."
        )
        messages.success(self.request, words % {"release": self.release})

    def remove(self, number: str) -> None:
        """Take a part out."""
        item = get_object_or_404(self.release.items, pk=_key(number))
        parts.remove(item, self.request.user)

    def renew(self, number: str) -> None:
        """Have the approval of one page renewed."""
        self._renew(self._page_to_renew(number))

    def renew_all(self, _number: str) -> None:
        """Have the approvals of all pages renewed that can be; say which cannot."""
        refused = []
        for page in renewals.pages_to_renew(self.release):
            try:
                self._renew(page)
            except RefusedError as refusal:
                refused += refusal.messages
        for words in refused:
            messages.warning(self.request, words)

    def leave_out(self, number: str) -> None:
        """Leave a page under its old code."""
        reason = self.request.POST.get(f"reason-{number}", "")
        renewals.leave_out(self.release, self._page_to_renew(number), reason, self.request.user)

    def _page_to_renew(self, number: str) -> Page:
        pages = {page.pk: page for page in renewals.pages_to_renew(self.release)}
        if _key(number) not in pages:
            raise RefusedError(_("This page needs no new approval in this release any more."))
        return pages[_key(number)]

    def _renew(self, page: Page) -> None:
        if not permissions.may_add(self.release, page, self.request.user):
            raise PermissionDenied
        renewals.renew(self.release, page, self.request.user)


Act = Callable[[ReleaseView, str], None]
# For all who see the release; then for legal of all its regions.
CHANGES: dict[str, Act] = {
    "prepare": ReleaseView.prepare,
    "remove": ReleaseView.remove,
    "renew": ReleaseView.renew,
    "renew-all": ReleaseView.renew_all,
}
DECISIONS: dict[str, Act] = {
    "schedule": ReleaseView.schedule,
    "unschedule": ReleaseView.unschedule,
    "make-live": ReleaseView.make_live,
    "cancel": ReleaseView.cancel,
    "leave-out": ReleaseView.leave_out,
}


def _key(number: str) -> int:
    return int(number) if number.isdecimal() and len(number) < 19 else 0

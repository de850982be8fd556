"""The impact of a pending change in the admin: all rows, their spreadsheet, and the preview of one."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.models import Page, TaskState

from home.breadcrumbs import BreadcrumbsMixin
from region_gate.exporting import SafeExportMixin

from ..decisions import outcome
from .change import PendingChange, change_in, ending_of
from .impact import Impact, is_told_of
from .notices import Reader
from .preview import notice_preview, page_preview


class PendingChangeMixin:
    """Finds the change that the address names, for those who decide about it."""

    kwargs: dict[str, Any]
    request: HttpRequest

    @cached_property
    def change(self) -> PendingChange:
        """Return the change. Raises Http404 or PermissionDenied."""
        number = self.kwargs.get("state")
        change = self._reviewed(number) if number else self._ending()
        if not is_told_of(change.thing):
            raise Http404
        return change

    def _reviewed(self, number: int) -> PendingChange:
        state = get_object_or_404(TaskState.objects.select_related("revision"), pk=number)
        thing, review = state.revision.content_object, state.task.specific
        if thing is None or outcome(state):
            raise Http404
        if not getattr(review, "is_reviewer", lambda *_: False)(thing, self.request.user):
            raise PermissionDenied
        return change_in(state)

    def _ending(self) -> PendingChange:
        """Return the end of what is live, for those who may take it down."""
        try:
            model: Any = apps.get_model(self.kwargs["app"], self.kwargs["model"])
        except LookupError:
            raise Http404 from None
        if not is_told_of(model()):
            raise Http404
        thing = get_object_or_404(model, pk=self.kwargs["pk"], live=True)
        policy = model.snippet_viewset.permission_policy
        if not policy.user_has_permission_for_instance(self.request.user, "publish", thing):
            raise PermissionDenied
        return ending_of(thing)


class ImpactView(PendingChangeMixin, SafeExportMixin, BreadcrumbsMixin, TemplateView):
    """Everything that a change will mean, each row with its reason."""

    template_name = "review/impact.html"
    page_title = _("What this will change")
    header_icon = "crosshairs"
    list_export: ClassVar = ["group", "region", "language", "subject", "reason"]
    export_headings: ClassVar = {
        "group": _("What happens"),
        "region": _("Region"),
        "language": _("Language"),
        "subject": _("Page"),
        "reason": _("Why"),
    }
    export_filename = "impact"

    def get_page_subtitle(self) -> str:
        """Name the thing."""
        return str(self.change.thing)

    @cached_property
    def impact(self) -> Impact:
        """Return what the change will mean."""
        return Impact(self.change)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> Any:
        """Show the rows, or send them as a spreadsheet."""
        if self.is_export:
            return self.as_spreadsheet(self._exported(), self.request.GET["export"])
        return super().render_to_response(context, **kwargs)

    def _exported(self) -> Iterable[dict[str, str]]:
        for group, row in self.impact.rows:
            yield {
                "group": group.heading,
                **{name: getattr(row, name) for name in self.list_export if name != "group"},
            }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the impact, and where its previews are."""
        given = {"impact": self.impact, "preview_url": f"{self.request.path}preview/", "is_whole": True}
        return super().get_context_data(**given, **kwargs)


class ImpactPreview(PendingChangeMixin, View):
    """One page, or one notice, as it will be."""

    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Return the preview of what the query names."""
        asked = request.GET
        return self._page(asked["page"]) if "page" in asked else self._notice()

    def _page(self, number: str) -> HttpResponse:
        if not number.isascii() or not number.isdecimal() or len(number) > 18:
            raise Http404
        page = get_object_or_404(Page.objects.live(), pk=number)
        if not any(row.preview.get("page") == number for _group, row in Impact(self.change).rows):
            raise Http404
        return page_preview(self.change, page, self.request, is_ended="ended" in self.request.GET)

    def _notice(self) -> HttpResponse:
        asked = {name: self.request.GET.get(name, "") for name in ("region", "language")}
        if not any(row.preview == asked for _group, row in Impact(self.change).rows):
            raise Http404
        found = notice_preview(self.change, Reader(**asked), self.request)
        if found is None:
            raise Http404
        return found

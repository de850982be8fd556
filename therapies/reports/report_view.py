"""The base of the reports: a form in the query string, the rows as plain values, their export."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from region_gate.exporting import SafeExportMixin

from .permissions import Reach, may_read, reach_of

Choices = list[tuple[Any, Any]]


class ReportForm(forms.Form):
    """Narrows a report; every part of it may be left out."""

    def __init__(self, *args: Any, choices: dict[str, Choices], **kwargs: Any) -> None:
        """Offer `choices`, by the name of the field."""
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined] # they are choice fields

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked for, by the name of the field; nothing where the form has not been sent."""
        return self.cleaned_data if self.is_bound and self.is_valid() else {}


class BaseReportView(SafeExportMixin, WagtailAdminTemplateMixin, TemplateView):
    """A report in the admin, for whoever may see labels, each with what is theirs to see."""

    form_class: type[ReportForm]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse whoever may not see labels."""
        if not may_read(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> Any:
        """Show the report, or send it as a spreadsheet."""
        if self.is_export:
            return self.as_spreadsheet(self.spreadsheet_rows(), self.request.GET["export"])
        return super().render_to_response(context, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the breadcrumbs, which end in the report."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    @cached_property
    def reach(self) -> Reach:
        """Return what the person may read, and act on."""
        return reach_of(self.request.user)

    @cached_property
    def form(self) -> ReportForm:
        """Return the question as it was sent, or an empty one."""
        return self.form_class(self.request.GET or None, choices=self.choices())

    def choices(self) -> dict[str, Choices]:
        """Return what the fields of the form offer."""
        raise NotImplementedError

    def spreadsheet_rows(self) -> Iterable[Any]:
        """Give the rows of the spreadsheet, each with the columns as attributes."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form."""
        return super().get_context_data(form=self.form, **kwargs)

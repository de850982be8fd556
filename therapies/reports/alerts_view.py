"""The list of the alerts in the admin."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.paginator import WagtailPaginator

from .alerts import Alert, Watch, alerts_of, sources
from .report_view import BaseReportView, Choices, ReportForm

ROWS_PER_PAGE = 50


class AttentionForm(ReportForm):
    """Narrows the list to alerts of a kind, or of a region."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)


class AlertRow(NamedTuple):
    """An alert as the list and the spreadsheet show it."""

    kind: str
    subject: str
    region: str
    why: str
    due: date | None
    address: str
    is_past: bool
    is_urgent: bool


class AttentionView(BaseReportView):
    """Lists what the person should mend, each with a link to where."""

    page_title = gettext_lazy("Attention")
    header_icon = "warning"
    template_name = "therapies/reports/attention.html"
    form_class = AttentionForm
    export_filename = "attention"
    export_headings: ClassVar = {
        "kind": gettext_lazy("Kind"),
        "subject": gettext_lazy("What"),
        "region": gettext_lazy("Region"),
        "why": gettext_lazy("Why"),
        "due": gettext_lazy("Date"),
        "address": gettext_lazy("Where to mend it"),
    }
    list_export: ClassVar = [*export_headings]

    @cached_property
    def watch(self) -> Watch:
        """Return what the person is answerable for."""
        return Watch(self.request.user)

    def choices(self) -> dict[str, Choices]:
        """Offer the kinds there are, and the person's own regions."""
        return {
            "kind": [("", _("All kinds")), *((source.kind, source.title) for source in sources())],
            "region": [("", _("All regions")), *((one.code, one.name) for one in self.watch.reach.own)],
        }

    @cached_property
    def rows(self) -> list[AlertRow]:
        """Return the alerts asked for; none where the question makes no sense."""
        if self.form.is_bound and not self.form.is_valid():
            return []
        kind, region = self.form.asked.get("kind"), self.form.asked.get("region")
        found = (
            self._row(str(source.title), alert)
            for source in sources()
            if kind in (None, "", source.kind)
            for alert in alerts_of(source, self.watch)
            if region in (None, "", alert.region)
        )
        return sorted(found, key=lambda row: not row.is_urgent)

    def _row(self, kind: str, alert: Alert) -> AlertRow:
        region = self.watch.regions_by_code.get(alert.region)
        is_past = alert.due is not None and alert.due < self.watch.on
        where = region.name if region else ""
        return AlertRow(
            kind, alert.subject, where, alert.why, alert.due, alert.address, is_past, alert.is_urgent
        )

    def spreadsheet_rows(self) -> Iterable[AlertRow]:
        """Return the alerts, with whole addresses."""
        return [row._replace(address=self.request.build_absolute_uri(row.address)) for row in self.rows]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add one page of the list."""
        paginator = WagtailPaginator(self.rows, ROWS_PER_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            on=self.watch.on,
            page_obj=page,
            elided_page_range=paginator.get_elided_page_range(page.number),
            number=len(self.rows),
            **kwargs,
        )

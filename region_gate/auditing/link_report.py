"""Legal's report of the register: every link on every published page."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from region_gate.exporting import SafeExportMixin
from region_gate.models import RegisteredLink
from region_gate.models.register import KINDS, OUTCOMES


def _choices(field: str) -> list[tuple[str, str]]:
    values = RegisteredLink.objects.order_by(field).values_list(field, flat=True).distinct()
    return [(value, value) for value in values if value]


class LinkFilterSet(WagtailFilterSet):
    """By region, language, kind, outcome, host and when a link was first seen."""

    region = django_filters.ChoiceFilter(label=_("Region"), choices=lambda: _choices("region"))
    language = django_filters.ChoiceFilter(label=_("Language"), choices=lambda: _choices("language"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=KINDS)
    outcome = django_filters.ChoiceFilter(label=_("Outcome"), choices=OUTCOMES)
    host = django_filters.CharFilter(label=_("Host"), lookup_expr="icontains")
    first_seen = django_filters.DateFromToRangeFilter(label=_("First seen"), widget=DateRangePickerWidget)

    class Meta:
        model = RegisteredLink
        fields = ["region", "language", "kind", "outcome", "host", "first_seen"]


class LinkReportView(SafeExportMixin, ReportView):
    """Lists the register; opens, filters and exports with a flat number of queries."""

    model = RegisteredLink
    page_title = _("Links")
    header_icon = "link"
    index_url_name = "region_gate_links"
    index_results_url_name = "region_gate_links_results"
    permission_policy = ModelPermissionPolicy(RegisteredLink)
    any_permission_required = ["view"]
    filterset_class = LinkFilterSet
    default_ordering = "page__path"
    columns = [
        Column("text", label=_("Text"), accessor="text"),
        Column("url", label=_("Address"), accessor=lambda link: link.url or link.href),
        Column("page", label=_("Page"), accessor="page"),
        Column("region", label=_("Region")),
        Column("language", label=_("Language")),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("outcome", label=_("Outcome"), accessor="get_outcome_display"),
        Column("policy", label=_("Policy"), accessor="policy"),
        DateColumn("first_seen", label=_("First seen")),
    ]
    list_export = [
        "page.title",
        "page.url_path",
        "region",
        "language",
        "element",
        "text",
        "href",
        "url",
        "host",
        "kind",
        "outcome",
        "reason",
        "policy",
        "first_seen",
        "last_seen",
    ]
    export_filename = "links"

    def get_base_queryset(self) -> QuerySet[RegisteredLink]:
        """Return the links with what is shown of their pages and policies at hand."""
        return RegisteredLink.objects.select_related("page", "policy")

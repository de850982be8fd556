"""Who did what, narrowed and exported."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.log_actions import registry

from home.access import regions_of_legal
from review.reports.regional import RegionalReportMixin

from .models import LoggedAction, kind_label
from .permissions import seen_by


def _kinds() -> list[tuple[str, str]]:
    kinds = LoggedAction.objects.order_by().values_list("kind", flat=True).distinct()
    return sorted(((kind, kind_label(kind)) for kind in kinds), key=lambda choice: choice[1])


class LoggedActionFilterSet(WagtailFilterSet):
    """Narrows the actions to a person, a role, a region, a kind, an object, an action, or days."""

    at = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    name = django_filters.CharFilter(label=_("Person"), lookup_expr="icontains")
    roles = django_filters.CharFilter(label=_("Role then"), lookup_expr="icontains")
    region = django_filters.ChoiceFilter(label=_("Region"), method="in_region")
    action = django_filters.ChoiceFilter(label=_("Action"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=_kinds)
    title = django_filters.CharFilter(label=_("Object"), lookup_expr="icontains")

    class Meta:
        model = LoggedAction
        fields: ClassVar[list[str]] = ["at", "name", "roles", "region", "action", "kind", "title"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the person's own regions, and every action that there is."""
        super().__init__(*args, **kwargs)
        regions = regions_of_legal(self.request.user).values_list("code", "name")
        self.filters["region"].extra["choices"] = [*regions]
        self.filters["action"].extra["choices"] = registry.get_choices()

    def in_region(self, found: QuerySet[LoggedAction], name: str, code: str) -> QuerySet[LoggedAction]:
        """Return what was done in the region with this code."""
        return found.filter(pk__in=LoggedAction.objects.in_regions([code]).values("pk"))


class ActionsView(RegionalReportMixin, ReportView):
    """All actions that somebody reads of, the latest first, in a flat number of queries."""

    model = LoggedAction
    page_title = _("Who did what")
    header_icon = "history"
    any_permission_required: ClassVar = ["view"]
    index_url_name, index_results_url_name = "action_log", "action_log_results"
    filterset_class = LoggedActionFilterSet
    columns: ClassVar = [
        Column(
            "at",
            label=_("Date"),
            accessor=lambda one: date_format(timezone.localtime(one.at), "j M Y, H:i"),
        ),
        Column("who", label=_("Person")),
        Column("roles", label=_("Role then")),
        Column("message", label=_("What they did")),
        Column("title", label=_("Object")),
        Column("kind_label", label=_("Kind")),
        Column("place", label=_("Region")),
    ]
    export_headings: ClassVar = {
        "at_here": _("Date"),
        "zone": _("Time zone"),
        "who": _("Person"),
        "roles": _("Role then"),
        "action_label": _("Action"),
        "message": _("What they did"),
        "comment": _("Comment"),
        "title": _("Object"),
        "kind_label": _("Kind"),
        "object_id": _("Number"),
        "place": _("Region"),
    }
    list_export: ClassVar = [*export_headings]
    export_filename = "who-did-what"

    def get_base_queryset(self) -> QuerySet[LoggedAction]:
        """Return what the person reads of."""
        return seen_by(self.request.user)

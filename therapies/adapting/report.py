"""The report of adaptations, and the list of pages that a region may start from."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Locale, Page

from home.access import pages_of
from home.models import Region
from region_gate.exporting import SafeExportMixin
from therapies.models import Adaptation
from therapies.models.adaptation import News

from .targets import regions_to_write_in, usable

TITLE = "title adapting-title"


def _regions() -> list[tuple[str, str]]:
    return [*Region.objects.values_list("code", "name")]


class NewsColumn(Column):
    """Says what has become of an original by a colour, an icon and a word."""

    cell_template_name = "therapies/adapting/news_cell.html"

    def get_cell_context_data(self, instance: Adaptation, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Give the word, and whether there is something to look at."""
        news = News(instance.news)  # type: ignore[attr-defined] # `with_news` adds it
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "word": news.label, "is_news": news is not News.NONE}


class AdaptationFilterSet(WagtailFilterSet):
    """By our region, and by what has become of the original."""

    region_code = django_filters.ChoiceFilter(label=_("Region"), choices=_regions)
    news = django_filters.ChoiceFilter(label=_("The original"), choices=News.choices)

    class Meta:
        model = Adaptation
        fields: list[str] = []


class AdaptationReportView(SafeExportMixin, ReportView):
    """Lists the pages that began as another region's, and whether their originals have moved on."""

    model = Adaptation
    page_title = _("Adaptations")
    header_icon = "copy"
    index_url_name = "therapies_adaptations"
    index_results_url_name = "therapies_adaptations_results"
    filterset_class = AdaptationFilterSet
    default_ordering = "-taken_at"
    columns = [
        TitleColumn(
            "page",
            label=_("Page"),
            classname=TITLE,
            accessor=lambda row: row.page.get_admin_display_title(),
            get_url=lambda row: reverse("therapies_adaptation", args=[row.pk]),
        ),
        Column("region_name", label=_("Region")),
        Column("language", label=_("Language"), accessor="page.locale"),
        Column("original", label=_("Taken over from"), accessor=str),
        DateColumn("taken_at", label=_("On")),
        Column("taken_by", label=_("By")),
        NewsColumn("news", label=_("The original")),
        DateColumn("seen_at", label=_("Last seen")),
    ]
    list_export = [
        "page.draft_title",
        "page.url_path",
        "region_name",
        "page.locale",
        "source_region",
        "source_title",
        "source_url",
        "taken_at",
        "taken_by",
        "news",
        "seen_at",
        "seen_by",
    ]
    export_headings = {
        "page.draft_title": _("Page"),
        "page.url_path": _("Address"),
        "region_name": _("Region"),
        "page.locale": _("Language"),
        "news": _("The original"),
        "seen_at": _("Last seen"),
        "seen_by": _("Seen by"),
    }
    export_filename = "adaptations"

    def get_base_queryset(self) -> QuerySet[Adaptation]:
        """Return the adaptations that the person has to do with, with what is shown of each."""
        found = Adaptation.objects.filter(page__in=pages_of(self.request.user))
        own = found.with_news().with_last_seen()
        regions = Region.objects.all()
        placed = own.annotate(
            region_name=regions.of_each("name", "page__"), region_code=regions.of_each("code", "page__")
        )
        return placed.select_related("page__locale", "taken_by").defer("taken")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to where an adaptation begins, for whoever writes pages."""
        if not regions_to_write_in(self.request.user):
            return []
        address = reverse("therapies_usable_pages")
        return [HeaderButton(_("Use a page of another region"), url=address, icon_name="plus")]


class UsablePageFilterSet(WagtailFilterSet):
    """By title, region and language."""

    title = django_filters.CharFilter(label=_("Title"), lookup_expr="icontains")
    region_code = django_filters.ChoiceFilter(label=_("Region"), choices=_regions)
    locale = django_filters.ModelChoiceFilter(label=_("Language"), queryset=Locale.objects.all())

    class Meta:
        model = Page
        fields = ["title", "locale"]


class UsablePageListView(SafeExportMixin, ReportView):
    """Lists the published pages of other regions, each a start for one of one's own."""

    model = Page
    page_title = _("Use a page of another region")
    header_icon = "copy"
    index_url_name = "therapies_usable_pages"
    index_results_url_name = "therapies_usable_pages_results"
    filterset_class = UsablePageFilterSet
    default_ordering = "title"
    columns = [
        TitleColumn(
            "title",
            label=_("Title"),
            classname=TITLE,
            get_url=lambda page: reverse("therapies_adapt", args=[page.pk]),
        ),
        Column("region_name", label=_("Region")),
        Column("locale", label=_("Language")),
        Column("kind", label=_("Kind"), accessor=lambda page: capfirst(page.content_type.name)),
        DateColumn("last_published_at", label=_("Published")),
    ]
    list_export = ["title", "url_path", "region_name", "locale", "last_published_at"]
    export_headings = {"url_path": _("Address"), "region_name": _("Region")}
    export_filename = "pages"

    def get_base_queryset(self) -> QuerySet[Page]:
        """Return the pages that may be used, without those of the region if the person writes in only one."""
        own = regions_to_write_in(self.request.user)
        if not own:
            return usable().none()
        found = usable().select_related("locale", "content_type")
        return found.exclude(region_code=Region.objects.get(pk=min(own)).code) if len(own) == 1 else found

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the report."""
        *before, own = super().get_breadcrumbs_items()
        return [*before, {"url": reverse("therapies_adaptations"), "label": _("Adaptations")}, own]

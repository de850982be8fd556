"""The matrix of pages × languages in the admin."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.paginator import WagtailPaginator

from therapies.formatting import language_name
from therapies.reports.report_view import BaseReportView, Choices, ReportForm

from .page_matrix import PageCell, PageRow, PageStatus, page_matrix

PAGES_SHOWN = 50


class PageMatrixForm(ReportForm):
    """Narrows the matrix to a region, or to pages with a status in any language."""

    region = forms.TypedChoiceField(label=gettext_lazy("Region"), required=False, coerce=int)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)


class PageCellRow(NamedTuple):
    """A page in a language, in the spreadsheet."""

    region: str
    page: str
    language: str
    title: str
    status: str
    since: datetime | None


class PageMatrixView(BaseReportView):
    """Shows how the pages of the person's regions stand in each language."""

    page_title = gettext_lazy("Pages and languages")
    header_icon = "globe"
    template_name = "therapies/catching_up/matrix.html"
    form_class = PageMatrixForm
    export_filename = "pages-and-languages"
    export_headings: ClassVar = {
        "region": gettext_lazy("Region"),
        "page": gettext_lazy("Page"),
        "language": gettext_lazy("Language"),
        "title": gettext_lazy("Title"),
        "status": gettext_lazy("Status"),
        "since": gettext_lazy("Since"),
    }
    list_export: ClassVar = [*export_headings]

    def choices(self) -> dict[str, Choices]:
        """Offer the person's own regions."""
        return {
            "region": [("", _("All regions")), *((one.pk, one.name) for one in self.reach.own)],
            "status": [("", _("Every status")), *PageStatus.choices],
        }

    @cached_property
    def matrix(self) -> tuple[list[str], list[PageRow]]:
        """Return the languages and the rows that were asked for."""
        if self.form.is_bound and not self.form.is_valid():
            return [], []
        region, status = self.form.asked.get("region"), self.form.asked.get("status")
        languages, rows = page_matrix(one for one in self.reach.own if region in (None, "", one.pk))
        return languages, [row for row in rows if not status or any(_is(cell, status) for cell in row.cells)]

    def spreadsheet_rows(self) -> Iterator[PageCellRow]:
        """Give each page in each language."""
        for row in self.matrix[1]:
            for cell in filter(None, row.cells):
                language, word = language_name(cell.language), str(cell.word)
                yield PageCellRow(row.region.name, row.title, language, cell.title, word, cell.since)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add one page of the matrix, and how often each status stands in all of it."""
        languages, rows = self.matrix
        counts = Counter(cell.status for row in rows for cell in row.cells if cell)
        paginator = WagtailPaginator(rows, PAGES_SHOWN)
        page = paginator.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            languages=[language_name(code) for code in languages],
            page_obj=page,
            rows=[(row, [(cell, self._address(row, cell)) for cell in row.cells]) for row in page],
            elided_page_range=paginator.get_elided_page_range(page.number),
            counts=[(how.value, how.label, counts[how]) for how in PageStatus if counts[how]],
            **kwargs,
        )

    def _address(self, row: PageRow, cell: PageCell | None) -> str:
        """Return where the cell is mended: the changes to catch up with, else the page."""
        if cell is None or cell.member is None:
            return ""
        if cell.standing:
            return reverse("therapies_catch_up", args=[cell.member.pk, cell.standing.source])
        return self.reach.page_address(cell.member.pk, row.region.pk)


def _is(cell: PageCell | None, status: str) -> bool:
    return cell is not None and cell.status == status

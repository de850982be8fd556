"""The label matrix in the admin."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from therapies.formatting import language_name
from therapies.models import Label

from . import conf
from .dataset import Dataset
from .label_status import ALLOWING, WORDS, LabelStatus
from .matrix import Cell, Heading, Matrix, Spoken, matrix
from .matrix_cells import Showing, ShownCell
from .report_view import BaseReportView, Choices, ReportForm


class MatrixForm(ReportForm):
    """Narrows the matrix to a product, a region or a status."""

    product = forms.TypedChoiceField(label=gettext_lazy("Product"), required=False, coerce=int)
    region = forms.TypedChoiceField(label=gettext_lazy("Region"), required=False, coerce=int)
    standing = forms.ChoiceField(label=gettext_lazy("Status"), required=False)


class CellRow(NamedTuple):
    """A cell in the spreadsheet."""

    product: str
    region: str
    status: str
    effective_from: date | None
    review_by: date | None
    withdrawn_on: date | None
    next_from: date | None
    registration_number: str
    languages: str
    missing: str
    behind: str
    pages: str


class MatrixView(BaseReportView):
    """Shows how every product stands in every region today."""

    page_title = gettext_lazy("Label matrix")
    header_icon = "table"
    template_name = "therapies/reports/matrix.html"
    form_class = MatrixForm
    export_filename = "label-matrix"
    export_headings: ClassVar = {
        "product": gettext_lazy("Product"),
        "region": gettext_lazy("Region"),
        "status": gettext_lazy("Status"),
        "effective_from": gettext_lazy("Effective from"),
        "review_by": gettext_lazy("Review by"),
        "withdrawn_on": gettext_lazy("Withdrawn on"),
        "next_from": gettext_lazy("Next label from"),
        "registration_number": gettext_lazy("Registration number"),
        "languages": gettext_lazy("Languages in force"),
        "missing": gettext_lazy("Languages missing"),
        "behind": gettext_lazy("Languages behind"),
        "pages": gettext_lazy("Pages that name the product"),
    }
    list_export: ClassVar = [*export_headings]

    @cached_property
    def dataset(self) -> Dataset:
        """Return the labels and pages of the regions that the person may see."""
        return Dataset(self.reach.seen)

    def choices(self) -> dict[str, Choices]:
        """Offer the products there are, and the regions that the person may see."""
        return {
            "product": [("", _("All products")), *((one.pk, one.name) for one in self.dataset.products)],
            "region": [("", _("All regions")), *((one.pk, one.name) for one in self.reach.seen)],
            "standing": [("", _("Every status")), *((how.value, word) for how, word in WORDS.items())],
        }

    @cached_property
    def matrix(self) -> Matrix:
        """Return the part of the matrix that was asked for; none of it where the question makes no sense."""
        if self.form.is_bound and not self.form.is_valid():
            return Matrix((), ())
        asked, dataset = self.form.asked, self.dataset
        product, region = asked.get("product"), asked.get("region")
        whole = matrix(
            [one for one in dataset.products if product in (None, "", one.pk)],
            [one for one in dataset.places if region in (None, "", one.pk)],
            dataset.labels,
            dataset.pages,
            dataset.on,
            conf.review_notice(),
        )
        return whole.narrowed(self._is_asked_for) if asked.get("standing") else whole

    def _is_asked_for(self, cell: Cell) -> bool:
        return cell.standing == (self.form.asked.get("standing") or cell.standing)

    def spreadsheet_rows(self) -> list[CellRow]:
        """Return the cells that were asked for, one on each row."""
        return [_row(cell) for cell in self.matrix.cells() if self._is_asked_for(cell)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the matrix, and how often each status stands in it."""
        counts = Counter(cell.standing for cell in self.matrix.cells() if self._is_asked_for(cell))
        return super().get_context_data(
            on=self.dataset.on,
            regions=self.matrix.regions,
            labels_address=reverse(Label.snippet_viewset.get_url_name("list")),
            rows=self._shown_rows() if self.matrix.rows else None,
            counts=[(how.value, WORDS[how], counts[how]) for how in LabelStatus if counts[how]],
            **kwargs,
        )

    def _shown_rows(self) -> Iterator[tuple[Heading, list[ShownCell | None]]]:
        """Give one row after the other, so that few of the many cells are held at once."""
        return ((row.product, [self._shown(cell) for cell in row.cells]) for row in self.matrix.rows)

    @cached_property
    def _showing(self) -> Showing:
        """Return what shows the cells; their pages only where one product or one region was asked for."""
        return Showing(self.reach, bool(self.form.asked.get("product") or self.form.asked.get("region")))

    def _shown(self, cell: Cell) -> ShownCell | None:
        return self._showing.cell(cell) if self._is_asked_for(cell) else None


def _is_shown(one: Spoken) -> bool:
    return one.standing in ALLOWING and one.label is not None and one.label.is_needed


def _row(cell: Cell) -> CellRow:
    label = cell.label
    return CellRow(
        cell.product.name,
        cell.region.name,
        str(WORDS[cell.standing]),
        label.effective_from if label else None,
        label.review_by if label else None,
        label.withdrawn_on if label else None,
        cell.next_from,
        label.registration_number if label else "",
        ", ".join(language_name(one.language) for one in cell.spoken if _is_shown(one)),
        ", ".join(map(language_name, cell.missing)),
        ", ".join(map(language_name, cell.behind)),
        "\n".join(f"{page.title} {page.url}" for page in cell.pages),
    )

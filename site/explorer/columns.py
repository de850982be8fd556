"""The columns of the lists of pages that Wagtail's own do not have."""

from collections.abc import Iterable
from copy import copy

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.ui.tables.pages import PageTitleColumn

from therapies.formatting import language_name


class MarkedTitleColumn(PageTitleColumn):
    """Wagtail's column of titles, with the words marked that were searched for."""

    cell_template_name = "explorer/title_cell.html"


DETAILS = ("latest_revision_created_at", "type")
PLACE = [
    Column("region_name", label=_("Region"), width="10%"),
    Column(
        "language",
        label=_("Language"),
        accessor=lambda page: language_name(page.locale.language_code),
        width="8%",
    ),
]


def with_places(columns: Iterable[BaseColumn]) -> list[BaseColumn]:
    """Return Wagtail's `columns` of a list of pages with our own title, and region and language after it."""
    found: list[BaseColumn] = []
    for column in columns:
        found += [_marked(column), *PLACE] if column.name == "title" else [_shown(column)]
    return found


def _shown(column: BaseColumn) -> BaseColumn:
    """Return `column`, marked as a detail if phones may leave it out."""
    if column.name not in DETAILS:
        return column
    detail = copy(column)
    detail.classname, detail.header = "explorer-detail", type(column.header)(detail)
    return detail


def _marked(column: BaseColumn) -> MarkedTitleColumn:
    return MarkedTitleColumn(
        column.name, label=column.label, sort_key=column.sort_key, classname=column.classname
    )

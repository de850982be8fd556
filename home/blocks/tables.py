"""Tables: columns of row headings, texts and numbers, under a caption."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockValidationError,
)
from wagtail.rich_text import RichText

from .features import CELL_FEATURES
from .previewed import PreviewedBlock, paragraph

MAX_CELL = 300


class TableBlock(PreviewedBlock, TypedTableBlock):
    """A table; each column says what it holds, so that cells are headings, or numbers below each other."""

    row_heading = CharBlock(label=_("Row headings"), required=False, max_length=MAX_CELL)
    text = RichTextBlock(label=_("Text"), required=False, features=CELL_FEATURES)
    number = CharBlock(label=_("Numbers"), required=False, max_length=MAX_CELL)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "home/blocks/table_block.html"
        description = _("Rows and columns under a caption. A table that is pasted into a text becomes one.")
        rules = [
            _("The caption says what the table shows; each column has a heading."),
            _("Choose “Row headings” for a first column that names its rows, “Numbers” for figures."),
            _("Say the unit in the heading of the column, not in each cell."),
        ]
        preview_value = {
            "caption": _("Who to ask for what"),
            "columns": [
                {"type": "row_heading", "heading": _("Person")},
                {"type": "text", "heading": _("Ask about")},
                {"type": "number", "heading": _("Room")},
            ],
            "rows": [
                {"values": [_("Nurse"), paragraph(_("Your appointments")), "12"]},
                {"values": [_("Doctor"), paragraph(_("Your treatment")), "104"]},
            ],
        }

    def clean(self, table: TypedTable) -> TypedTable:
        """Refuse a table that says less than it shows: without caption, headings or rows. Empty rows go."""
        cleaned: TypedTable = super().clean(table)
        if self.is_deferred_validation:
            return cleaned
        cleaned.row_data = [row for row in cleaned.row_data if any(_words(cell) for cell in row["values"])]
        if lacking := [*_lacking(cleaned)]:
            raise TypedTableBlockValidationError(non_block_errors=[ValidationError(one) for one in lacking])
        return cleaned


def _words(cell: Any) -> str:
    """Return what is read in a cell."""
    return strip_tags(cell.source if isinstance(cell, RichText) else cell or "").strip()


def _lacking(table: TypedTable) -> Any:
    """Give what `table` lacks, in words. The corner above row headings may be empty."""
    if not (table.columns and table.row_data):
        yield gettext("Add columns and rows, or remove the table.")
        return
    if not table.caption.strip():
        yield gettext("Give the table a caption that says what it shows.")
    for place, column in enumerate(table.columns):
        is_corner = place == 0 and column["block"].name == "row_heading"
        if not column["heading"].strip() and not is_corner:
            yield gettext("Give column %(number)s a heading.") % {"number": place + 1}

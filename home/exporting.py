"""Exporting a list of the admin so that no spreadsheet runs what a cell holds."""

from typing import ClassVar

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # type: ignore[import-untyped] # it publishes no types
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from .spreadsheets import neutral


def _writable(text: str) -> str:
    """Return `text`, which runs nothing, without the control characters that a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", neutral(text))


class NeutralExportMixin(SpreadsheetExportMixin):
    """Exports texts that are no formulas; `home.spreadsheets` reads them back as they were."""

    custom_value_preprocess: ClassVar = {
        **SpreadsheetExportMixin.custom_value_preprocess,
        str: {
            SpreadsheetExportMixin.FORMAT_CSV: neutral,
            SpreadsheetExportMixin.FORMAT_XLSX: _writable,
        },
    }

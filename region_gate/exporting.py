"""Lists of the admin as spreadsheets that run nothing of what their cells hold.

A view declares its columns as Wagtail has it: `list_export` names them, `export_headings` says what
stands over them where that is not the name of a model's field.
"""

from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # type: ignore[import-untyped] # it publishes no types
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from region_gate.spreadsheets import neutralise


class SafeExportMixin(SpreadsheetExportMixin):
    """Exports texts that are no formulas; `region_gate.spreadsheets.restore` reads them back."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Return the cell for `value`; in a workbook, without the control characters that it cannot hold."""
        cell = super().preprocess_field_value(field, value, export_format)
        if not isinstance(cell, str):
            return cell
        text = neutralise(cell)
        return ILLEGAL_CHARACTERS_RE.sub("", text) if export_format == self.FORMAT_XLSX else text

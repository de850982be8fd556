"""Exporting a list of the admin so that no spreadsheet runs what a cell holds."""

from typing import ClassVar

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from .spreadsheets import neutral


class NeutralExportMixin(SpreadsheetExportMixin):
    """Exports texts that are no formulas; `home.spreadsheets` reads them back as they were."""

    custom_value_preprocess: ClassVar = {
        **SpreadsheetExportMixin.custom_value_preprocess,
        str: {
            SpreadsheetExportMixin.FORMAT_CSV: neutral,
            SpreadsheetExportMixin.FORMAT_XLSX: neutral,
        },
    }

"""What a list of the admin exports: no cell is a formula, whatever it was made of."""

from datetime import date
from importlib import import_module
from pkgutil import walk_packages

import pytest
from wagtail.admin.views.mixins import SpreadsheetExportMixin

import home
import redirecting
import region_gate
import review
import therapies
from region_gate.exporting import SafeExportMixin

OURS = (home, redirecting, region_gate, review, therapies)
FORMULA = "=1+1"


class Named:
    """Something that a spreadsheet shows by its name."""

    def __str__(self) -> str:
        return FORMULA


@pytest.mark.parametrize("form", SafeExportMixin.FORMATS)
@pytest.mark.parametrize("value", [FORMULA, [FORMULA, "more"], Named()])
def test_no_cell_is_a_formula(value, form):
    assert SafeExportMixin().preprocess_field_value("name", value, form).startswith(f"'{FORMULA}")


def test_numbers_days_and_blanks_stay_what_they_are():
    for value in (-1, date(2031, 4, 1), None):
        assert SafeExportMixin().preprocess_field_value("name", value, "xlsx") == value


def test_a_workbook_is_spared_what_it_cannot_hold_and_a_text_file_keeps_it():
    assert SafeExportMixin().preprocess_field_value("name", "a\x0bb", "xlsx") == "ab"
    assert SafeExportMixin().preprocess_field_value("name", "a\x0bb", "csv") == "a\x0bb"


def subclasses(kind: type) -> set[type]:
    return {kind, *(found for child in kind.__subclasses__() for found in subclasses(child))}


def test_every_list_of_ours_that_is_exported_is_exported_so():
    for package in OURS:
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name:
                import_module(module.name)
    own = {package.__name__ for package in OURS}
    exported = {
        view
        for view in subclasses(SpreadsheetExportMixin)
        if view.__module__.partition(".")[0] in own and view.list_export
    }
    assert {view.__name__ for view in exported} >= {"LinkReportView", "RecordIndexView", "MatrixView"}
    assert {view for view in exported if not issubclass(view, SafeExportMixin)} == set()

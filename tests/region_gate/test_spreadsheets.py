"""Cells that no spreadsheet runs, and back."""

import pytest

from region_gate.spreadsheets import neutralise, restore


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("plain", "plain"),
        ("'quoted", "'quoted"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula_and_none_is_lost(text, cell):
    assert neutralise(text) == cell
    assert restore(cell) == text

"""Cells that no spreadsheet runs, and back."""

import pytest

from home.spreadsheets import neutral, original


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
    assert neutral(text) == cell
    assert original(cell) == text

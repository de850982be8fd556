"""Texts in spreadsheets, where some first letters would make them formulas."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutralise(text: str) -> str:
    """Return `text` so that a spreadsheet shows it and does not compute it.

    Source: OWASP, CSV Injection.
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def restore(cell: str) -> str:
    """Return the text that `neutralise` made into `cell`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell

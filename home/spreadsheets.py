"""Texts in spreadsheets, where some first letters would make them formulas."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutral(text: str) -> str:
    """Return `text` so that a spreadsheet shows it and does not compute it.

    Source: OWASP, CSV Injection.
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text

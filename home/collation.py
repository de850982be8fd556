"""Words in the order in which dictionaries have them: “Österreich” before “Oman”, not after “Zypern”."""

from functools import cache

from pyuca import Collator


def sort_key(text: str) -> tuple[int, ...]:
    """Return what `text` is sorted by (Unicode Technical Standard 10, its default table)."""
    key: tuple[int, ...] = _collator().sort_key(text)
    return key


@cache
def _collator() -> Collator:
    """Return the one collator, whose table takes a second to read."""
    return Collator()

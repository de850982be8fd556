"""The words that were searched for, marked where they stand in a text."""

import re
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

AROUND = 80  # characters before and after the first of the words


def marked(text: str, words: Iterable[str]) -> SafeString:
    """Return `text` as HTML, with whatever begins with one of `words` in `<mark>`."""
    found = _beginnings(words)
    parts = found.split(text) if found else [text]
    return mark_safe("".join(_part(place, part) for place, part in enumerate(parts)))  # noqa: S308 - each is escaped


def excerpt(text: str, words: Iterable[str]) -> SafeString:
    """Return what stands around the first of `words` in `text`, marked; blank where there is none."""
    wanted = [*words]
    found = _beginnings(wanted)
    first = found.search(text) if found else None
    if first is None:
        return SafeString()
    start, end = max(0, first.start() - AROUND), first.end() + AROUND
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return SafeString(before) + marked(text[start:end], wanted) + SafeString(after)


def _part(place: int, part: str) -> str:
    """Return a part of a text that was split at its marked words: every second one is such a word."""
    return f"<mark>{escape(part)}</mark>" if place % 2 else escape(part)


def _beginnings(words: Iterable[str]) -> re.Pattern[str] | None:
    wanted = sorted({word for word in words if word}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, wanted))})", re.IGNORECASE) if wanted else None

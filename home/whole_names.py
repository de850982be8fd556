"""Names that stand on one line: an element around each, which the style sheet lets no line break within.

Read from a page once it is made, so that no template, block or text can be forgotten. What is stored, what
the guard reads and what goes on record stay as they are: the words are the same with the element or without.
The element also keeps a name in its own order within a text that is written from right to left.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Longer ones would not fit in a line of a small phone's headings.
MAX_PIECE = 20
WHOLE = '<bdi class="whole-name">{}</bdi>'
TAG = re.compile(r"""</?([a-z][^\s/>]*)(?:[^<>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
# Which hold texts that no element may stand in, or none at all.
ASIDE = re.compile(r"<!--.*?-->|<(script|style|svg|math|select)\b.*?</\1\s*>", re.DOTALL)
REFERENCE = re.compile(r"&#?\w+;")  # a sign written by its name or number
CLOSED = frozenset({"title", "textarea", "option", "code", "bdi"})

# Each gives names that are to stay whole; other apps add theirs.
sources: list[Callable[[], Iterable[str]]] = []


@lru_cache(maxsize=4)
def known_names(_edition: str) -> tuple[str, ...]:
    """Return the names to be kept whole in an edition of all that visitors see, looked up once for each."""
    return tuple(sorted({name for source in sources for name in source()}))


def kept_whole(html: str, names: tuple[str, ...]) -> SafeString:
    """Return `html`, safe, with each of `names` in its texts kept from breaking, a long one together."""
    pieces, done = [], 0
    for start, end in _names_in(html, names):
        pieces += [html[done:start], _kept(html[start:end], names)]
        done = end
    return mark_safe("".join([*pieces, html[done:]]))  # noqa: S308 - what comes in is safe


def _kept(name: str, names: tuple[str, ...]) -> str:
    """Return `name` as one; of a long one, the names in it stay whole, and lines may break between these."""
    if len(name) <= MAX_PIECE:
        return WHOLE.format(name)
    return f"<bdi>{kept_whole(name, tuple(one for one in names if len(one) <= MAX_PIECE))}</bdi>"


def pieces_of(name: str) -> Iterator[str]:
    """Give what of `name` must not break: words with signs in them, as much as fits in a line."""
    for word in name.split():
        piece = _beginning(word)
        if any(not character.isalnum() for character in piece.strip("()[].,;:")):
            yield piece


def _beginning(word: str) -> str:
    """Return `word` up to the last sign before which it still fits in a line."""
    while len(word) > MAX_PIECE and (shorter := re.match(r"(.+)[^\w]", word)):
        word = shorter[1]
    return word


def _names_in(html: str, names: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Give where names begin and end in the texts of `html`, in their order."""
    pattern, lower = _pattern(names), html.lower()
    if pattern is None or len(lower) != len(html):  # a page may hold letters that have no small ones
        return
    hits = [(hit.start(), hit.end()) for hit in pattern.finditer(lower) if _is_word(lower, *hit.span())]
    asides = [aside.span() for aside in ASIDE.finditer(html)] if hits else []
    for start, end in hits:
        if _is_text(html, start) and not any(first <= start < last for first, last in asides):
            yield start, end


def _is_word(text: str, start: int, end: int) -> bool:
    """Say whether what stands there is no part of a longer word."""
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    is_longer = before.isalnum() or before in ("-", "_") or after.isalnum() or after == "_"
    return not (is_longer or _is_in_reference(text, start))


def _is_in_reference(text: str, place: int) -> bool:
    """Say whether `place` lies within the name or number of a sign, such as the “amp” of “&amp;”."""
    start = text.rfind("&", 0, place)
    sign = REFERENCE.match(text, start) if start >= 0 else None
    return sign is not None and place < sign.end()


def _is_text(html: str, place: int) -> bool:
    """Say whether `place` lies in a text in which an element may stand."""
    last = html.rfind("<", 0, place)
    tag = TAG.match(html, last) if last >= 0 else None
    if last < 0 or tag is None:
        return last < 0
    is_closing = html[last + 1] == "/"
    return tag.end() <= place and (is_closing or tag[1].lower() not in CLOSED)


@lru_cache(maxsize=4)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what finds `names` in small letters, the longest first; None for none."""
    listed = sorted({escape(name).lower() for name in names}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, listed))) if listed else None

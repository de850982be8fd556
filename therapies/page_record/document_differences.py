"""Differences of a document from the one that the record gives: words, tags, pictures and style.

The document may be anything that anybody made: its source is split, never parsed, and the work has
its bounds, so that no file takes long or much memory.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice, takewhile
from typing import NamedTuple

NAMES = {"h1", "h2", "h3", "h4", "h5", "h6", "dt"}  # what names what follows it
PIECE = re.compile(r"<[^<>]*>|[^<]+|<")
TAG = re.compile(r"</?([a-zA-Z0-9]*)")
# Not html.unescape: a number of thousands of digits is an error to it.
ENTITIES = {
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#x27;": "'",
    "&#39;": "'",
    "&nbsp;": "\xa0",
    "&amp;": "&",
}
MAX_PIECES = 200_000  # pieces that are compared
MAX_NAME_PIECES = 20  # pieces of which the text of a heading is made
MAX_PAIRS = 10_000  # pairs of pieces that a stretch may have to be compared one by one
MAX_DIFFERENCES = 50  # differences that are told one by one
MAX_PASSAGE_LENGTH = 240  # characters that are told of a passage
BEFORE = 60  # of these, before the first that differs


class DocumentPiece(NamedTuple):
    """A tag, a text or a comment of a document, and below which heading or name of a fact it stands."""

    text: str
    place: str


def differences_of(record: str, document: str) -> list[str]:
    """Return the differences of `document` from `record`, a sentence each; none where they are equal."""
    if record == document:
        return []
    before, after = ([*islice(_pieces(html), MAX_PIECES + 1)] for html in (record, document))
    is_cut = max(len(before), len(after)) > MAX_PIECES
    told = islice(_differences(before[:MAX_PIECES], after[:MAX_PIECES]), MAX_DIFFERENCES + 1)
    found = [*dict.fromkeys(told)]
    if not found:
        return [f"In the source: {_told(record, document)}"]
    is_cut = is_cut or len(found) > MAX_DIFFERENCES
    return [*found[:MAX_DIFFERENCES], "And more."] if is_cut else found


def _pieces(html: str) -> Iterator[DocumentPiece]:
    """Yield the tags that begin something, the comments and the texts of `html`."""
    place = ""
    for found in PIECE.finditer(html):
        name = TAG.match(found[0])
        if name and name[1].lower() in NAMES and not _is_end(found[0]):
            place = _name(html, found.end()) or place
        text = " ".join(found[0].split())
        if text and not _is_end(text):
            yield DocumentPiece(_unescaped(text), place)


def _name(html: str, start: int) -> str:
    """Return the text of the heading whose tag ends at `start`."""
    pieces = (found[0] for found in islice(PIECE.finditer(html, start), MAX_NAME_PIECES))
    own = takewhile(lambda piece: not (_is_end(piece) and piece[2:4].rstrip(">").lower() in NAMES), pieces)
    text = "".join(piece[:MAX_PASSAGE_LENGTH] for piece in own if not piece.startswith("<"))
    return _unescaped(" ".join(text.split()))


def _is_end(piece: str) -> bool:
    return piece.startswith("</")


def _unescaped(text: str) -> str:
    for entity, character in ENTITIES.items():
        text = text.replace(entity, character)
    return text


def _differences(before: list[DocumentPiece], after: list[DocumentPiece]) -> Iterator[str]:
    """Yield the differences between the pieces that each of both has once, in the same order."""
    old_start = new_start = 0
    for old_end, new_end in [*_anchors(before, after), (len(before), len(after))]:
        yield from _between(before[old_start:old_end], after[new_start:new_end])
        old_start, new_start = old_end, new_end


def _anchors(before: list[DocumentPiece], after: list[DocumentPiece]) -> list[tuple[int, int]]:
    """Return the places of those pieces: the longest series whose places ascend on both sides."""
    old, new = _once(before), _once(after)
    pairs = [(old[text], new[text]) for text in old if text in new]
    lasts: list[int] = []  # by the length of a series, the place in `after` where the best one ends
    tails: list[int] = []  # and the number of its last pair
    earlier: list[int] = []  # by pair, the number of the one before it in its series
    for number, (_old, place) in enumerate(pairs):
        length = bisect_left(lasts, place)
        earlier.append(tails[length - 1] if length else -1)
        lasts[length : length + 1], tails[length : length + 1] = [place], [number]
    series, number = [], tails[-1] if tails else -1
    while number >= 0:
        series.append(pairs[number])
        number = earlier[number]
    return series[::-1]


def _once(pieces: list[DocumentPiece]) -> dict[str, int]:
    """Return where each text stands that is there once."""
    counted = Counter(piece.text for piece in pieces)
    return {piece.text: place for place, piece in enumerate(pieces) if counted[piece.text] == 1}


def _between(before: list[DocumentPiece], after: list[DocumentPiece]) -> Iterator[str]:
    """Yield the differences of a stretch: one by one if it is short, else as a whole."""
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    before, after = before[start : len(before) - end], after[start : len(after) - end]
    if len(before) * len(after) > MAX_PAIRS:
        yield from _difference(before, after)
        return
    matcher = SequenceMatcher(None, [p.text for p in before], [p.text for p in after], autojunk=False)
    for act, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if act != "equal":
            yield from _difference(before[old_start:old_end], after[new_start:new_end])


def _shared(before: list[DocumentPiece], after: list[DocumentPiece]) -> int:
    """Return with how many pieces both begin."""
    pairs = zip(before, after, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0].text == pair[1].text, pairs))


def _difference(old: list[DocumentPiece], new: list[DocumentPiece]) -> Iterator[str]:
    """Tell pieces one by one where each took another's place, else together."""
    place = (old or new)[0].place
    where = f"At “{place}”" if place else "At the beginning"
    pairs = [(" ".join(piece.text for piece in old), " ".join(piece.text for piece in new))]
    if len(old) == len(new):
        pairs = [(one.text, other.text) for one, other in zip(old, new, strict=True)]
    for one, other in pairs:
        if one != other:
            yield f"{where}: {_told(one, other)}"


def _told(old: str, new: str) -> str:
    at = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    if not old:
        return f"the document adds “{_clipped(new, 0)}”."
    if not new:
        return f"the document lacks “{_clipped(old, 0)}”."
    return f"the record says “{_clipped(old, at)}”, the document “{_clipped(new, at)}”."


def _clipped(text: str, at: int) -> str:
    """Return `text` around the character number `at`."""
    start = max(0, at - BEFORE)
    end = start + MAX_PASSAGE_LENGTH
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")

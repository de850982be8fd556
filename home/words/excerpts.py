"""The passage of a text that answers a query, in pieces: with which of them are the words that were found."""

from collections.abc import Set
from typing import NamedTuple

from .stems import terms_of
from .tokens import WordToken, compounds

LENGTH = 220  # characters of a passage
BEFORE = 60  # of them before the first word that was found


class ExcerptPiece(NamedTuple):
    """A piece of a text, and whether it was found."""

    text: str
    is_found: bool


def marked(text: str, found: Set[str], language: str) -> list[ExcerptPiece]:
    """Return `text` whole, in pieces."""
    return _pieces(text, 0, len(text), _hits(text, found, language))


def excerpt(text: str, found: Set[str], language: str) -> list[ExcerptPiece]:
    """Return the passage of `text` with most different words of `found`; where it has none, its beginning."""
    hits = _hits(text, found, language)
    start, end = _window(text, hits)
    return [
        *([ExcerptPiece("… ", False)] if start else []),
        *_pieces(text, start, end, [hit for hit in hits if start <= hit.start and hit.end <= end]),
        *([ExcerptPiece(" …", False)] if end < len(text) else []),
    ]


def _hits(text: str, found: Set[str], language: str) -> list[WordToken]:
    """Return the words of `text` that are found; several that hyphens join as one where they are found so."""
    hits: list[WordToken] = []
    for parts in compounds(text):
        whole = text[parts[0].start : parts[-1].end]
        if len(parts) > 1 and not found.isdisjoint(terms_of("".join(part.word for part in parts), language)):
            hits.append(WordToken(whole, parts[0].start, parts[-1].end))
        else:
            hits += [part for part in parts if not found.isdisjoint(terms_of(part.word, language))]
    return hits


def _window(text: str, hits: list[WordToken]) -> tuple[int, int]:
    """Return where the best passage begins and ends: at words."""
    if len(text) <= LENGTH:
        return 0, len(text)
    best = max(range(len(hits)), key=lambda place: _worth(hits, place), default=None)
    start = 0 if best is None else max(0, hits[best].start - BEFORE)
    start = text.find(" ", start, start + BEFORE) + 1 or start if start else 0
    end = min(len(text), start + LENGTH)
    return start, end if end == len(text) else max(text.rfind(" ", start, end), start + LENGTH // 2)


def _worth(hits: list[WordToken], place: int) -> tuple[int, int]:
    """Return how many different words, and words, a passage has that begins with a hit; the first wins."""
    end = hits[place].start - BEFORE + LENGTH
    inside = [hit.word.casefold() for hit in hits[place:] if hit.end <= end]
    return len(set(inside)), len(inside)


def _pieces(text: str, start: int, end: int, hits: list[WordToken]) -> list[ExcerptPiece]:
    pieces: list[ExcerptPiece] = []
    for hit in hits:
        if hit.start < start:  # pairs of characters overlap
            pieces[-1] = ExcerptPiece(pieces[-1].text + text[start : hit.end], True)
        else:
            pieces += [
                ExcerptPiece(text[start : hit.start], False),
                ExcerptPiece(text[hit.start : hit.end], True),
            ]
        start = hit.end
    return [piece for piece in (*pieces, ExcerptPiece(text[start:end], False)) if piece.text]

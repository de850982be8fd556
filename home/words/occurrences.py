"""The terms of a text that is indexed, how much each weighs in it, and as which word it stands there."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .stems import terms_of
from .tokens import MAX_LENGTH, WordToken, compounds, is_unspaced

JOINED = 3  # parts between hyphens that visitors may write as one word


class IndexedPassage(NamedTuple):
    """A piece of a text, and what a word counts that stands in it."""

    text: str
    weight: int


class Term(NamedTuple):
    """A term of a text: its weight, and as which word it stood there first."""

    weight: int
    word: str


def terms_in(passages: Iterable[IndexedPassage], language: str) -> dict[str, Term]:
    """Return the terms of `passages`. A word that comes again counts, but less each time."""
    weights: dict[str, float] = {}
    words: dict[str, str] = {}
    for text, weight in passages:
        times: dict[str, int] = {}
        for word in _words(text):
            for term in terms_of(word, language):
                words.setdefault(term, word[:MAX_LENGTH])
                times[term] = times.get(term, 0) + 1
        for term, often in times.items():
            weights[term] = weights.get(term, 0) + weight * 2 * often / (often + 1)
    return {term: Term(round(10 * weight), words[term]) for term, weight in weights.items()}


def _words(text: str) -> Iterator[str]:
    """Give the words of `text`, and what hyphens join as one word, too."""
    for parts in compounds(text):
        yield from (part.word for part in parts)
        yield from _joined([part for part in parts if not is_unspaced(part.word)])
        yield from (character for part in parts if is_unspaced(part.word) for character in part.word)


def _joined(parts: Sequence[WordToken]) -> Iterator[str]:
    for start in range(len(parts)):
        for end in range(start + 2, min(len(parts), start + JOINED) + 1):
            yield "".join(part.word for part in parts[start:end])

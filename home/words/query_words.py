"""What a visitor's query asks for: for each of its words the terms that answer it, synonyms' among them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from .near_words import error_keys
from .stems import plain, terms_of
from .tokens import compounds, is_unspaced

MAX_LENGTH = 200  # characters of a query
MAX_WORDS = 12
SHORT = 3  # a part of fewer characters is no word of its own: the 90 of “Y-90”
SYNONYM = 0.8  # how much a synonym counts beside the word itself


class Way(NamedTuple):
    """Terms that answer a word where a page has all of them, and how well, from 0 to 1."""

    terms: tuple[str, ...]
    worth: float


@dataclass
class Wanted:
    """A word of a query, and the ways to answer it."""

    word: str
    ways: list[Way] = field(default_factory=list)

    @property
    def terms(self) -> set[str]:
        """Return the terms of all ways."""
        return {term for way in self.ways for term in way.terms}


class Synonyms:
    """Groups of words that mean the same, in one language: each a word or a few."""

    def __init__(self, groups: Iterable[Sequence[str]], language: str) -> None:
        """Read the groups' members as queries are read."""
        self.language = language
        self._members: dict[str, list[tuple[list[set[str]], list[tuple[str, ...]]]]] = {}
        self._words: set[str] = set()
        for group in groups:
            self._add([words for member in group if (words := words_of(member))])

    def _add(self, group: list[list[str]]) -> None:
        """Find each member by the terms of its first word, with what the others need."""
        needed = [_needed(words, self.language) for words in group]
        for words in group:
            self._words.update(words)
            others = [terms for terms in needed if terms and terms != _needed(words, self.language)]
            sought = [_sought(word, self.language) for word in words]
            for first in sought[0]:
                self._members.setdefault(first, []).append((sought, others))

    def near(self, keys: set[str]) -> list[str]:
        """Return those of its words that share one of `keys`, keys of misspelt words."""
        return [word for word in self._words if not keys.isdisjoint(error_keys(plain(word, self.language)))]

    def ways(self, words: Sequence[str]) -> list[list[Way]]:
        """Return the ways by which the synonyms of each word of `words`, or of several, answer it."""
        sought = [_sought(word, self.language) for word in words]
        found: list[list[Way]] = [[] for _ in words]
        for start, terms in enumerate(sought):
            for member, others in (one for term in terms for one in self._members.get(term, ())):
                here = sought[start : start + len(member)]
                if len(here) == len(member) and all(a & b for a, b in zip(here, member, strict=True)):
                    for place in range(start, start + len(member)):
                        found[place] += [Way(other, SYNONYM) for other in others]
        return found


def words_of(text: str) -> list[str]:
    """Return the words of a query, at most MAX_WORDS; hyphens join to one word only what is short."""
    words: list[str] = []
    for parts in compounds(text[:MAX_LENGTH]):
        own: list[str] = []
        for part in parts:
            if own and len(part.word) < SHORT and not is_unspaced(part.word):
                own[-1] += part.word
            else:
                own.append(part.word)
        words += own
    return words[:MAX_WORDS]


def wanted(words: Sequence[str], synonyms: Synonyms) -> list[Wanted]:
    """Return what is asked for by `words`, in their order."""
    language = synonyms.language
    asked = [Wanted(word, [Way((term,), 1) for term in terms_of(word, language)]) for word in words]
    for one, other in pairwise(asked):
        if is_unspaced(one.word):
            continue
        joined = [Way((term,), 1) for term in terms_of(one.word + other.word, language)]
        one.ways += joined
        other.ways += joined
    for one, ways in zip(asked, synonyms.ways(words), strict=True):
        one.ways += ways
    return asked


def _sought(word: str, language: str) -> set[str]:
    return {*terms_of(word, language)} or {plain(word, language)}


def _needed(words: Sequence[str], language: str) -> tuple[str, ...]:
    """Return the terms that a text must have for all of `words`."""
    return tuple(terms[0] for word in words if (terms := terms_of(word, language)))

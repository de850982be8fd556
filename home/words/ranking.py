"""Which pages answer a query best."""

from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import NamedTuple

from .query_words import Wanted, Way

ENOUGH = 0.6  # of what the best page answers, which one must answer to be listed


class Occurrence(NamedTuple):
    """A term on a page, and its weight there."""

    page: int
    term: str
    weight: float


def weights_of(occurrences: Iterable[Occurrence]) -> dict[str, dict[int, float]]:
    """Return the weight of each term by page; what a page brings along adds to its own."""
    weights: dict[str, dict[int, float]] = {}
    for page, term, weight in occurrences:
        pages = weights.setdefault(term, {})
        pages[page] = pages.get(page, 0) + weight
    return weights


def answers_to(one: Wanted, weights: Mapping[str, dict[int, float]]) -> dict[int, float]:
    """Return how well each page answers a word: the best of the ways to answer it."""
    best: dict[int, float] = {}
    for way in one.ways:
        for page, weight in _pages_of(way, weights).items():
            if weight > best.get(page, 0):
                best[page] = weight
    return best


def _pages_of(way: Way, weights: Mapping[str, dict[int, float]]) -> dict[int, float]:
    if len(way.terms) == 1:
        found = weights.get(way.terms[0], {})
        return found if way.worth == 1 else {page: weight * way.worth for page, weight in found.items()}
    parts = [weights.get(term, {}) for term in way.terms]
    everywhere = set[int].intersection(*map(set, parts)) if parts else set[int]()
    return {page: way.worth * sum(part[page] for part in parts) / len(parts) for page in everywhere}


def ranked(asked: Sequence[Wanted], weights: Mapping[str, dict[int, float]], pages: int) -> list[int]:
    """Return the pages that answer most of what is `asked` for, the best first, of `pages` in all.

    A word counts the more, the fewer pages have it. Where two pages answer alike, the older comes first.
    """
    scores: dict[int, float] = {}
    answered: dict[int, float] = {}
    for found in filter(None, (answers_to(one, weights) for one in asked)):
        rarity = log(1 + (max(pages, len(found)) - len(found) + 0.5) / (len(found) + 0.5))
        for page, weight in found.items():
            scores[page] = scores.get(page, 0) + rarity * weight
            answered[page] = answered.get(page, 0) + rarity
    enough = ENOUGH * max(answered.values(), default=0)
    listed = (page for page, much in answered.items() if much >= enough)
    return sorted(listed, key=lambda page: (-round(scores[page] * answered[page], 6), page))

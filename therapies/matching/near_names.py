"""What is nearly a product's name, as typing errors make it: nobody is refused for it, a person decides.

Source: Damerau (1964), the edits that count; the index by deletions is that of SymSpell (Garbe, 2012).
"""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from .look_alikes import alike
from .normalisation import is_spoken, tokens_of, unglued
from .prefilter import BRACKETED
from .product_names import spelling_of
from .readings import readings
from .word_forms import heads

# So many edits may lie between a name of so many letters and what is written.
LONG, LONG_EDITS = 8, 2
SHORTEST, SHORT_EDITS = 5, 1
PREFIX = 8  # letters by which names are looked up
LITTLE = 4  # letters of a first word that may be any other word, where two edits change it
# A text of nothing but near names is read up to here: nobody would decide about more.
MAX_FOUND = 100
MAX_COMPARED = 20_000


class NearMatch(NamedTuple):
    """What is written, and the name of which product it resembles."""

    written: str
    name: str
    product: int


class NearNames:
    """All names of all products, prepared once to find what resembles them."""

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        """Prepare `names`, each with its product; those that are too short resemble too much."""
        self._names: dict[str, list[tuple[str, int]]] = {}
        self._words: dict[str, list[str]] = {}
        self._index: dict[str, set[str]] = {}
        for name, product in names:
            spelling = alike(spelling_of(name))
            if len(spelling) >= SHORTEST:
                self._names.setdefault(spelling, []).append((name, product))
                self._words[spelling] = [word for run in _runs(name) for word in run]
        for spelling in self._names:
            for key in _deletions(spelling[:PREFIX], _edits(spelling)):
                self._index.setdefault(key, set()).add(spelling)
        self._most_words = max(map(len, self._words.values()), default=0) + 1
        self._longest = max(map(len, self._names), default=0) + LONG_EDITS

    def find(self, text: str) -> list[NearMatch]:
        """Return what `text` holds that resembles a name and is none, in order, up to `MAX_FOUND`."""
        found: dict[NearMatch, None] = {}
        compared: dict[tuple[str, ...], str] = {}
        for words in _runs(text):
            if len(found) >= MAX_FOUND or len(compared) >= MAX_COMPARED:
                break
            for match in self._in_run(words, compared):
                found[match] = None
        return [*found][:MAX_FOUND]

    def _in_run(self, words: list[str], compared: dict[tuple[str, ...], str]) -> Iterator[NearMatch]:
        """Give what resembles a name in `words` that nothing parts."""
        start = 0
        while start < len(words) and len(compared) < MAX_COMPARED:
            for length in range(1, self._most_words + 1):
                window = tuple(words[start : start + length])
                is_too_long = length > 1 and sum(map(len, window)) > self._longest
                if len(window) < length or is_too_long:
                    break
                if window not in compared:
                    compared[window] = self._resembled(window)
                if spelling := compared[window]:
                    for name, product in self._names[spelling]:
                        yield NearMatch(" ".join(window), name, product)
                    start += length - 1
                    break
            start += 1

    def _resembled(self, window: tuple[str, ...]) -> str:
        """Return the name that `window` resembles, blank if it resembles none or is one."""
        written = alike("".join(window))
        if len(written) < SHORTEST - SHORT_EDITS:
            return ""
        keys = _deletions(written[:PREFIX], LONG_EDITS)
        candidates = {one for key in keys for one in self._index.get(key, ())}
        near = [one for one in candidates if self._is_near(window, one)]
        if not near or any(map(self._is_name, _parts(window))):
            return ""
        return min(near, key=lambda one: (abs(len(one) - len(written)), one))

    def _is_near(self, window: tuple[str, ...], spelling: str) -> bool:
        """Say whether `window` is within so many edits of the name; each word too many is one."""
        written, name = alike("".join(window)), self._words[spelling]
        if written.startswith(spelling) and len(spelling) > len(written) - len(window[-1]):
            return True  # a word that goes on where the whole name ends
        is_little = len(window) > 1 and len(window[0]) < LITTLE and alike(window[0]) != alike(name[0])
        edits = min(_edits(spelling), 1 if is_little else LONG_EDITS) - max(0, len(window) - len(name))
        return edits > 0 and distance(written, spelling, edits) <= edits

    def _is_name(self, written: str) -> bool:
        return written in self._names or any(head in self._names for head in heads(written))


def distance(one: str, other: str, limit: int) -> int:
    """Return how many edits lie between two words, `limit` + 1 where there are more.

    An edit adds, drops or changes a letter, or swaps two neighbours.
    """
    far = limit + 1
    if abs(len(one) - len(other)) > limit:
        return far
    before: list[int] = []
    last: list[int] = [*range(len(other) + 1)]
    for row in range(1, len(one) + 1):
        line = _line(one[:row], other, before, last, limit)
        if min(line) > limit:
            return far
        before, last = last, line
    edits: int = min(last[-1], far)
    return edits


def _line(one: str, other: str, before: list[int], last: list[int], limit: int) -> list[int]:
    """Return the edits between `one` and each beginning of `other`, by those of less of `one`."""
    row = len(one)
    line = [row] + [limit + 1] * len(other)
    for column in range(max(1, row - limit), min(len(other), row + limit) + 1):
        changed = last[column - 1] + (one[-1] != other[column - 1])
        line[column] = min(last[column] + 1, line[column - 1] + 1, changed)
        if row > 1 and column > 1 and one[-2:] == other[column - 1] + other[column - 2]:
            line[column] = min(line[column], before[column - 2] + 1)
    return line


def _edits(spelling: str) -> int:
    return LONG_EDITS if len(spelling) >= LONG else SHORT_EDITS


def _deletions(prefix: str, edits: int) -> set[str]:
    """Return `prefix` with up to `edits` letters left out."""
    shortest = max(0, len(prefix) - edits)
    return {
        "".join(kept) for length in range(shortest, len(prefix) + 1) for kept in combinations(prefix, length)
    }


def _parts(window: tuple[str, ...]) -> Iterator[str]:
    ends = range(1, len(window) + 1)
    return (alike("".join(window[start:end])) for end in ends for start in range(end))


def _runs(text: str) -> Iterator[list[str]]:
    """Give the words of `text` in runs that no sign, line or paragraph parts."""
    run: list[str] = []
    for token in tokens_of(unglued(BRACKETED.sub("", readings(text)[0]))):
        if is_spoken(token):
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run

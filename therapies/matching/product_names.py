"""Names of products, and where a text names one: the core of the publication guard."""

import re
from collections.abc import Iterable
from itertools import compress, count
from typing import NamedTuple
from unicodedata import normalize

from .normalisation import ASIDE_CLOSES, ASIDE_OPENS, BREAK, MARKS, comparable, is_spoken, tokens_of
from .prefilter import Prefilter

ASIDE = (ASIDE_OPENS, ASIDE_CLOSES)
AROUND = ".,;:!?…'\"“”„«»‹›()[]{}"
BETWEEN = re.compile(rf"(?<=[\w{MARKS}])[^\w{MARKS}]+(?=\w)")
ACCENTS = re.compile("(?<=[a-z])[\u0300-\u036f]+")


class NameMatch(NamedTuple):
    """A product that is named: the name as its product gives it, and the product's number."""

    name: str
    product: int


class Names:
    """All names of all products, prepared once for any number of texts."""

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        """Prepare `names`, each with its product. Raises ValueError for one without letter or digit."""
        self._known: dict[str, list[NameMatch]] = {}
        for name, product in names:
            for spelling in spellings(name):
                self._known.setdefault(spelling, []).append(NameMatch(name, product))
        self._sieve = Prefilter(self._known)
        self._beginnings = {known[:end] for known in self._known for end in range(1, len(known) + 1)}
        # So many tokens may hold a name: its own, and what is set aside between them.
        self._reach = 3 * max(map(len, self._known), default=0) + 24

    def find(self, text: str) -> list[NameMatch]:
        """Return what `text` names, each name of each product once, in order of appearance.

        A name inside a longer one counts only if it is another product's.
        """
        tokens = tokens_of(BREAK.join(self._sieve.passages(comparable(text))))
        found: dict[NameMatch, None] = {}
        reached: dict[int, int] = {}  # by product, where its names so far end
        for start in self._starts(tokens):
            for end, spelling in sorted(self._endings(tokens, start), reverse=True):
                for mention in self._known[spelling]:
                    if reached.get(mention.product, 0) < end:
                        reached[mention.product] = end
                        found[mention] = None
        return [*found]

    def _starts(self, tokens: list[str]) -> list[int]:
        """Return the places where a name may begin: most are ruled out by what comes next."""
        known, beginnings, after = self._known, self._beginnings, [*tokens[1:], ""]
        return [
            place
            for place in compress(count(), map(beginnings.__contains__, tokens))
            if tokens[place] + after[place] in beginnings or tokens[place] in known or after[place] in ASIDE
        ]

    def _endings(self, tokens: list[str], start: int) -> list[tuple[int, str]]:
        """Return each name that begins at `start`, with the place where it ends.

        What is set aside may belong to a name or not, so both are followed.
        """
        known, beginnings = self._known, self._beginnings
        found, grown, aside = [], {""}, set[str]()
        for place, token in enumerate(tokens[start : start + self._reach], start + 1):
            if token == ASIDE_OPENS:
                aside = grown
            elif token == ASIDE_CLOSES:
                grown, aside = grown | aside, set()
            else:
                shorter, grown = grown, set()
                for one in shorter:
                    longer = one + token
                    if longer in beginnings:
                        grown.add(longer)
                        if longer in known:
                            found.append((place, longer))
            if not (grown or aside):
                break
        return found


def spellings(name: str) -> list[str]:
    """Return `name` as texts may spell it once folded, its parts joined.

    Its own punctuation may be left out, as addresses do, and so may accents on Latin letters, as
    capitals do. Raises ValueError where there is no letter or digit.
    """
    whole = "".join(token for token in tokens_of(comparable(" ".join(name.split()))) if token not in ASIDE)
    if not is_spoken(whole):
        raise ValueError(f"{name!r} has neither letter nor digit")
    bare = whole.strip(AROUND)
    accented = [whole, bare, BETWEEN.sub("", bare)]
    return [*dict.fromkeys([*accented, *map(_without_accents, accented)])]


def _without_accents(text: str) -> str:
    return normalize("NFC", ACCENTS.sub("", normalize("NFD", text)))

"""Names of products, and where a text names one: the core of the publication guard."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import compress, count
from typing import NamedTuple

from .look_alikes import alike
from .normalisation import (
    ASIDE_CLOSES,
    ASIDE_OPENS,
    BREAK,
    MARKS,
    SEAM,
    is_spoken,
    tokens_of,
    unglued,
)
from .prefilter import Candidate, Prefilter
from .readings import readings
from .word_forms import SHORTEST, forms_of, heads, takes

PASSED = frozenset(
    {ASIDE_OPENS, ASIDE_CLOSES, SEAM[0]}
)  # with which the tokens begin that are no part of a name
AROUND = ".,;:!?…'\"“”„«»‹›()[]{}"
BETWEEN = re.compile(rf"(?<=[\w{MARKS}])[^\w{MARKS}]+(?=\w)")
# As German does where a keyboard or an address has no such letters.
SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
# A shorter name is neither read in what looks like it, nor put together from two paragraphs.
LONG = 5
SPLIT = 8
FEW = 100


class NameMatch(NamedTuple):
    """A product that is named: the name as its product gives it, and the product's number."""

    name: str
    product: int


Ending = tuple[int, str, list[NameMatch]]  # where a name ends, its spelling, and what it names


class Names:
    """All names of all products, prepared once for any number of texts."""

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        """Prepare `names`, each with its product. Raises ValueError for one without letter or digit."""
        known: dict[str, list[NameMatch]] = {}
        for name, product in names:
            for spelling in spellings(name):
                known.setdefault(spelling, []).append(NameMatch(name, product))
        self._alike, self._short = SpellingIndex(), SpellingIndex()
        for spelling, matches in known.items():
            self._alike.add(alike(spelling), matches)
            if len(spelling) < LONG:
                self._short.add(spelling, matches)
        self._prefilter = Prefilter(known)

    def find(self, text: str) -> list[NameMatch]:
        """Return what `text` names, each name of each product once, in order of appearance.

        A name inside a longer one counts only if it is another product's.
        """
        found: dict[NameMatch, None] = {}
        for reading in readings(text):
            self._find_in(reading, found)
        return [*found]

    def _find_in(self, reading: str, found: dict[NameMatch, None]) -> None:
        """Add to what is `found`; where nothing more can be, a text is not searched."""
        candidates = self._prefilter.sift(reading)
        known = self._alike.only(frozenset().union(*(one.spellings for one in candidates)))
        named = cache(self._alike.named)
        for some in _more_and_more(candidates):
            left = [one.text for one in some if not named(one.spellings) <= found.keys()]
            if left:
                found.update(dict.fromkeys(self._found(BREAK.join(left), known)))

    def _found(self, text: str, known: "SpellingIndex") -> Iterator[NameMatch]:
        loose = unglued(text)
        tokens, letters = tokens_of(alike(loose)), cache(lambda: tokens_of(loose))
        reached: dict[int, int] = {}  # by product, where its names so far end
        for start in known.starts(tokens):
            for end, _spelling, matches in sorted(self._endings(known, tokens, letters, start), reverse=True):
                for mention in matches:
                    if reached.get(mention.product, 0) < end:
                        reached[mention.product] = end
                        yield mention

    def _endings(
        self, known: "SpellingIndex", tokens: list[str], letters: Callable[[], list[str]], start: int
    ) -> list[Ending]:
        """Return where names end that begin at `start`; short ones count only by their very letters."""
        found = known.endings(tokens, start)
        if all(len(spelling) >= LONG for _end, spelling, _matches in found):
            return found
        long = [one for one in found if len(one[1]) >= LONG]
        return [*long, *self._short.endings(letters(), start)]


class SpellingIndex:
    """Spellings of names, and where they stand among a text's tokens."""

    def __init__(self) -> None:
        """Begin without any."""
        self._known: dict[str, list[NameMatch]] = {}
        self._beginnings: set[str] = set()
        self._reach = 24  # so many tokens may hold a name: its own, and what is set aside between them

    def add(self, spelling: str, matches: Iterable[NameMatch]) -> None:
        """Add a spelling of what `matches` give."""
        self._known.setdefault(spelling, []).extend(matches)
        self._beginnings.update(spelling[:end] for end in range(1, len(spelling) + 1))
        self._reach = max(self._reach, 3 * len(spelling) + 24)

    def only(self, spellings: Iterable[str]) -> "SpellingIndex":
        """Return an index of these `spellings` alone, which is quicker as long as they are few."""
        chosen = {*map(alike, spellings)} & self._known.keys()
        if len(chosen) > FEW:
            return self
        index = SpellingIndex()
        for spelling in chosen:
            index.add(spelling, self._known[spelling])
        return index

    def named(self, spellings: Iterable[str]) -> frozenset[NameMatch]:
        """Return all that these `spellings` may name."""
        return frozenset(match for one in {*map(alike, spellings)} for match in self._known[one])

    def starts(self, tokens: list[str]) -> list[int]:
        """Return the places where a name may begin: most are ruled out by what comes next."""
        known, beginnings, after = self._known, self._beginnings, [*tokens[1:], ""]
        firsts = [token[:SHORTEST] for token in tokens]
        places = compress(count(), map(beginnings.__contains__, firsts))
        return [
            place
            for place in places
            if (token := tokens[place]) in known
            or (token in beginnings and (token + after[place] in beginnings or after[place][:1] in PASSED))
            or not known.keys().isdisjoint(heads(token))
            or (token in beginnings and any(token + head in known for head in heads(after[place])))
        ]

    def endings(self, tokens: list[str], start: int) -> list[Ending]:
        """Return where each name ends that begins at `start`, with its spelling.

        What is set aside may belong to a name or not, so both are followed. A long name may go over
        one seam.
        """
        found: list[Ending] = []
        grown, asides, seam = {""}, list[set[str]](), 0
        for place, token in enumerate(tokens[start : start + self._reach], start + 1):
            if token[0] not in PASSED:
                ended, grown = self._grow(grown, token)
                found += [(place, one, self._known[one]) for one in ended if not seam or len(one) >= SPLIT]
            elif token == ASIDE_OPENS:
                asides.append(grown)
            elif token == ASIDE_CLOSES:
                grown = grown | asides.pop() if asides else grown
            elif not asides:  # what is set aside has its own paragraphs
                if seam and place != seam + 1:
                    break
                seam = place
            if not grown and not any(asides):
                break
        return found

    def _grow(self, begun: set[str], token: str) -> tuple[list[str], set[str]]:
        """Return the names that end with `token`, as it is or in another form, and what goes on."""
        known, beginnings = self._known, self._beginnings
        longer = [one + token for one in begun]
        ended = [one for one in longer if one in known]
        ended += [
            one + head
            for head in heads(token)
            for one in begun
            if one + head in known and takes(one + head, token[len(head) :])
        ]
        return ended, {one for one in longer if one in beginnings}


def _more_and_more(candidates: list[Candidate]) -> Iterator[list[Candidate]]:
    """Give one of them, then two, then four: few searches, and few after all that can be found has been."""
    size = 1
    while candidates:
        yield candidates[:size]
        candidates, size = candidates[size:], 2 * size


def spelling_of(name: str) -> str:
    """Return the one spelling that tells `name` from others. Raises ValueError as `spellings` does."""
    spellings(name)
    return _spellings(readings(" ".join(name.split()))[0])[2]


def spellings(name: str) -> list[str]:
    """Return `name` as texts may spell it once folded, its parts joined.

    Its own punctuation may be left out, as addresses do, its umlauts be spelled out, and its words stand in
    another number.
    Raises ValueError where there is no letter or digit.
    """
    whole = " ".join(name.split())
    written = [*readings(whole), *readings(whole.translate(SPELLED_OUT))]
    read = [_spellings(reading) for reading in (*written, *map(unglued, written))]
    if not is_spoken(read[0][0]):
        raise ValueError(f"{name!r} has neither letter nor digit")
    return [*dict.fromkeys(spelling for reading in read for spelling in reading if is_spoken(spelling))]


def _spellings(reading: str) -> list[str]:
    tokens = [token for token in tokens_of(reading) if token[0] not in PASSED]
    whole = "".join(tokens)
    bare = whole.strip(AROUND)
    return [whole, bare, BETWEEN.sub("", bare), *(form.strip(AROUND) for form in forms_of(tokens))]

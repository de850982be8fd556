"""A prefilter of texts: it lets through every one that may hold a known name, and few others.

It compares ASCII, in which all names are looked for at once; names without any go by their first
letter. What it looks for is less than the names, so the exact search goes over what it keeps.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from operator import add, sub
from string import ascii_letters, ascii_lowercase, digits
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation

from .look_alikes import ALIKE
from .normalisation import ASIDE_CLOSES, ASIDE_OPENS, BREAK, SEAM
from .word_forms import MAX_TAIL, TAILS

# Between passages in ASCII, which has neither `BREAK` nor `SEAM`; after a seam a passage begins with a joint.
LINE, JOINT = "\n", "\v"
END, SEWN = LINE.encode(), (LINE + JOINT).encode()
KEPT = (ascii_letters + digits + LINE + JOINT).encode()
# Signs, and what stands for all characters beyond ASCII.
DROPPED = bytes(code for code in range(256) if code not in KEPT)
SMALL = ascii_lowercase.encode()  # in titled text, letters with which a word goes on
ONE_FOR_ANOTHER = bytes.maketrans(*("".join(letters).encode() for letters in (ALIKE, ALIKE.values())))
ENDINGS = frozenset(tail.encode() for tail in TAILS)
ENDING = re.compile(rb"[a-z]{1,%d}(?![a-z])" % MAX_TAIL)
BRACKETED = re.compile(f"{ASIDE_OPENS}[^{ASIDE_OPENS}{ASIDE_CLOSES}]*{ASIDE_CLOSES}")  # what is set aside


UNTOLD = 0  # the number that all spellings without ASCII have
Held = defaultdict[int, set[int]]  # by a passage's number, those of the spellings that it may hold


class Candidate(NamedTuple):
    """What of a text may hold names, neighbours with a seam between them, and in which spellings."""

    text: str
    spellings: frozenset[str]


class Prefilter:
    """All known names, prepared once for any number of texts."""

    def __init__(self, spellings: Iterable[str]) -> None:
        """Prepare for names in all their `spellings`."""
        by_plain: dict[bytes, list[str]] = {b"": []}  # which those beyond ASCII are, all alike
        for spelling in spellings:
            by_plain.setdefault(_plain(_titled(spelling)), []).append(spelling)
        self._spellings = [*by_plain.values()]
        self._told = BytesAhoCorasick([*by_plain][1:], implementation=Implementation.ContiguousNFA)
        self._longest = max(map(len, by_plain))
        firsts = "".join(re.escape(spelling[0]) for spelling in self._spellings[UNTOLD])
        self._untold = re.compile(f"[{firsts}]") if firsts else None
        self._all = range(len(self._spellings))

    def sift(self, text: str) -> list[Candidate]:
        """Return what of a comparable `text` may hold names, in its order.

        The whole text is one candidate where something is set aside that holds a break.
        """
        marked = text.replace(LINE, " ").replace(JOINT, " ").replace(BREAK, LINE).replace(SEAM, LINE + JOINT)
        passages = marked.split(LINE)
        asides = {number: passage for number, passage in enumerate(passages) if ASIDE_OPENS in passage}
        if any(passage.rfind(ASIDE_OPENS) > passage.rfind(ASIDE_CLOSES) for passage in asides.values()):
            return [Candidate(text, self._spelt(self._all))]
        held: Held = defaultdict(set)
        lines = _titled(marked).split(END)
        self._add_told(lines, held)
        # What is set aside may belong to a name or not, so such a text is read with it and without.
        if asides:
            self._add_told(_without_asides(lines, asides, self._longest + MAX_TAIL), held)
        for number, passage in asides.items():
            if self._may_mix(passage):
                held[number].update(self._all)
        self._add_untold(passages, held)
        return [*self._candidates(passages, held)]

    def _may_mix(self, passage: str) -> bool:
        """Say whether a name may take in one thing that is set aside in `passage`, and leave out another.

        It would have to hold all that stands between the two.
        """
        if passage.count(ASIDE_OPENS) == 1:
            return False
        return any(len(_titled(part)) <= self._longest for part in BRACKETED.split(passage)[1:-1])

    def _add_told(self, lines: list[bytes], held: Held) -> None:
        """Add to the passages which names' ASCII they hold, or a part of it, from word to word."""
        titled = END.join(lines).replace(SEWN, b"") + END
        plain = _plain(titled)
        hits = [
            (number, start, end)
            for number, start, end in self._told.find_matches_as_indexes(plain, overlapping=True)
            if titled[start] not in SMALL and (titled[end] not in SMALL or _is_ending(titled, plain, end))
        ]
        starts = _starts(lines) if hits else []
        for number, start, end in hits:
            for passage in range(bisect_right(starts, start) - 1, bisect_right(starts, end - 1)):
                held[passage].add(number + 1)

    def _add_untold(self, passages: list[str], held: Held) -> None:
        """Add to the passages that a name without ASCII may begin in, or go on in, all such names."""
        if self._untold is None:
            return
        for number, passage in enumerate(passages):
            if self._untold.search(passage):
                held[number].add(UNTOLD)
                if number + 1 < len(passages) and passages[number + 1].startswith(JOINT):
                    held[number + 1].add(UNTOLD)

    def _candidates(self, passages: list[str], held: Held) -> Iterator[Candidate]:
        """Give the passages that hold something, those that are sewn together as one."""
        spelt = cache(self._spelt)
        for run in _runs(passages, sorted(held)):
            text = SEAM.join([passages[number].removeprefix(JOINT) for number in run])
            yield Candidate(text, spelt(frozenset().union(*map(held.__getitem__, run))))

    def _spelt(self, numbers: Iterable[int]) -> frozenset[str]:
        """Return all spellings of what has these numbers."""
        return frozenset(spelling for number in numbers for spelling in self._spellings[number])


def _is_ending(titled: bytes, plain: bytes, end: int) -> bool:
    """Say whether what is written onto a name makes it another form of it."""
    ending = ENDING.match(titled, end)
    return ending is not None and plain[end : ending.end()] in ENDINGS


def _titled(text: str) -> bytes:
    """Return the letters and digits of `text` in ASCII, each run of its letters with a capital."""
    return text.encode("ascii", "replace").title().translate(None, DROPPED)


def _plain(titled: bytes) -> bytes:
    return titled.lower().translate(ONE_FOR_ANOTHER)


def _starts(lines: list[bytes]) -> list[int]:
    """Return where each passage starts once the seams are gone, and the other lines' ends are not."""
    sewn = [line[:1] == SEWN[1:] for line in lines]
    # A line's end counts for one, and what parts it from a line that is sewn on for none.
    lengths = map(sub, map(len, lines), map(add, sewn, [*sewn[1:], True]))
    return [0, *accumulate(length + 1 for length in lengths)][:-1]


def _without_asides(lines: list[bytes], asides: dict[int, str], reach: int) -> list[bytes]:
    """Return the lines of these passages with nothing set aside, and `reach` of those sewn to them."""
    found = [b""] * len(lines)
    sewn = {number for number, line in enumerate(lines) if number and line[:1] == SEWN[1:]}
    before = {number - 1 for number in sewn & asides.keys()} - asides.keys()
    after = {number for number in sewn if number - 1 in asides} - asides.keys()
    for number in before | after:
        end = None if number in before else reach
        start = None if number in after else -reach
        found[number] = lines[number][start:end]
    without = _titled(BRACKETED.sub("", LINE.join(asides.values()))).split(END)
    for number, line in zip(asides, without, strict=True):
        found[number] = line
    return found


def _runs(passages: list[str], numbers: list[int]) -> list[list[int]]:
    """Return the `numbers` of passages in runs of those that are sewn together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1 and passages[number].startswith(JOINT):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs

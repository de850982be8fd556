"""A prefilter of texts: it lets through every one that may hold a known name, and few others.

It compares ASCII, in which all names are looked for at once; names without any go by their first
letter. What it looks for is less than the names, so the exact search goes over what it keeps.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate
from operator import add, sub
from string import ascii_letters, ascii_lowercase, digits

from ahocorasick_rs import BytesAhoCorasick, Implementation

from .look_alikes import ALIKE
from .normalisation import ASIDE_CLOSES, ASIDE_OPENS, BREAK, SEAM
from .word_forms import MAX_TAIL, TAILS

# Between passages in ASCII, which has neither `BREAK` nor `SEAM`; after a seam a passage begins with a joint.
LINE, JOINT = "\n", "\v"
SEWN = (LINE + JOINT).encode()
KEPT = (ascii_letters + digits + LINE + JOINT).encode()
# Signs, and what stands for all characters beyond ASCII.
DROPPED = bytes(code for code in range(256) if code not in KEPT)
SMALL = ascii_lowercase.encode()  # in titled text, letters with which a word goes on
ONE_FOR_ANOTHER = bytes.maketrans(*("".join(letters).encode() for letters in (ALIKE, ALIKE.values())))
ENDINGS = frozenset(tail.encode() for tail in TAILS)
ENDING = re.compile(rb"[a-z]{1,%d}(?![a-z])" % MAX_TAIL)
BRACKETED = re.compile(f"{ASIDE_OPENS}[^{ASIDE_OPENS}{ASIDE_CLOSES}]*{ASIDE_CLOSES}")  # what is set aside


class Prefilter:
    """All known names, prepared once for any number of texts."""

    def __init__(self, spellings: Iterable[str]) -> None:
        """Prepare for names in all their `spellings`."""
        told = {spelling: _plain(_titled(spelling)) for spelling in spellings}
        by_plain: dict[bytes, list[str]] = {}
        for spelling, plain in told.items():
            by_plain.setdefault(plain, []).append(spelling)
        self._all = frozenset(told)
        self._beyond_ascii = by_plain.pop(b"", [])
        self._spellings = [*by_plain.values()]
        self._told = BytesAhoCorasick([*by_plain], implementation=Implementation.ContiguousNFA)
        self._longest = max(map(len, told.values()), default=0)
        firsts = "".join(re.escape(spelling[0]) for spelling in self._beyond_ascii)
        self._untold = re.compile(f"[{firsts}]") if firsts else None

    def sift(self, text: str) -> tuple[str, Collection[str]]:
        """Return the passages of a comparable `text` that may hold a name, and which ones these are.

        The passages are parted as they were. The whole text is one passage where something is set aside
        that holds a break.
        """
        marked = text.replace(LINE, " ").replace(JOINT, " ").replace(BREAK, LINE).replace(SEAM, LINE + JOINT)
        passages = marked.split(LINE)
        asides = {number: passage for number, passage in enumerate(passages) if ASIDE_OPENS in passage}
        if any(passage.rfind(ASIDE_OPENS) > passage.rfind(ASIDE_CLOSES) for passage in asides.values()):
            return text, self._all
        # What is set aside may belong to a name or not, so such a text is read with it and without.
        found: set[int] = set()
        kept = {*self._hits(passages, found)}
        mixed: set[int] = set()
        if asides:
            kept.update(self._hits(_without_asides(passages, asides), found))
            mixed = {number for number, passage in asides.items() if self._may_mix(passage)}
        if self._untold is not None:
            begun = [number for number, passage in enumerate(passages) if self._untold.search(passage)]
            kept.update(begun, (number + 1 for number in begun if number + 1 < len(passages)))
        named = {spelling for number in found for spelling in self._spellings[number]}
        which = self._all if mixed else named.union(self._beyond_ascii)
        return _joined(passages, sorted(kept | mixed)), which

    def _may_mix(self, passage: str) -> bool:
        """Say whether a name may take in one thing that is set aside in `passage`, and leave out another.

        It would have to hold all that stands between the two.
        """
        return any(len(_titled(part)) <= self._longest for part in BRACKETED.split(passage)[1:-1])

    def _hits(self, passages: list[str], found: set[int]) -> Iterator[int]:
        """Give the numbers of the passages that hold a name's ASCII, or a part of it, from word to word.

        The numbers of these spellings are added to `found`.
        """
        parted = _titled(LINE.join(passages))
        titled = parted.replace(SEWN, b"") + LINE.encode()
        plain = _plain(titled)
        hits = [
            (number, start, end)
            for number, start, end in self._told.find_matches_as_indexes(plain, overlapping=True)
            if titled[start] not in SMALL and (titled[end] not in SMALL or _is_ending(titled, plain, end))
        ]
        starts = _starts(parted) if hits else []
        for number, start, end in hits:
            found.add(number)
            yield from range(bisect_right(starts, start) - 1, bisect_right(starts, end - 1))


def _is_ending(titled: bytes, plain: bytes, end: int) -> bool:
    """Say whether what is written onto a name makes it another form of it."""
    ending = ENDING.match(titled, end)
    return ending is not None and plain[end : ending.end()] in ENDINGS


def _titled(text: str) -> bytes:
    """Return the letters and digits of `text` in ASCII, each run of its letters with a capital."""
    return text.encode("ascii", "replace").title().translate(None, DROPPED)


def _plain(titled: bytes) -> bytes:
    return titled.lower().translate(ONE_FOR_ANOTHER)


def _starts(parted: bytes) -> list[int]:
    """Return where each passage starts once the seams are gone, and the other lines' ends are not."""
    lines = parted.split(LINE.encode())
    if SEWN not in parted:
        return [0, *accumulate(len(line) + 1 for line in lines)][:-1]
    sewn = [line[:1] == JOINT.encode() for line in lines]
    # A line's end counts for one, and what parts it from a line that is sewn on for none.
    lengths = map(sub, map(len, lines), map(add, sewn, [*sewn[1:], True]))
    return [0, *accumulate(length + 1 for length in lengths)][:-1]


def _without_asides(passages: list[str], numbers: Iterable[int]) -> list[str]:
    """Return the passages of these `numbers`, and those sewn to them, with nothing set aside; no others."""
    found = [""] * len(passages)
    for number in numbers:
        found[number] = BRACKETED.sub("", passages[number])
        for seam, neighbour in ((number, number - 1), (number + 1, number + 1)):
            if 0 < seam < len(passages) and passages[seam].startswith(JOINT) and not found[neighbour]:
                found[neighbour] = BRACKETED.sub("", passages[neighbour])
    return found


def _joined(passages: list[str], kept: list[int]) -> str:
    """Return the passages that are `kept`, with a seam left between neighbours that it parts."""
    joined: list[str] = []
    before = -1
    for number in kept:
        passage = passages[number]
        is_sewn = passage.startswith(JOINT)
        if joined:
            joined.append(SEAM if is_sewn and number == before + 1 else BREAK)
        joined.append(passage[1:] if is_sewn else passage)
        before = number
    return "".join(joined)

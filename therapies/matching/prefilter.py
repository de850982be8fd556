"""A prefilter of texts: it lets through every one that may hold a known name, and few others.

It compares ASCII, in which all names are looked for at once; names without any go by their first
letter. What it looks for is less than the names, so the exact search goes over what it keeps.
"""

import re
from collections.abc import Iterable, Iterator
from string import ascii_lowercase

from ahocorasick_rs import BytesAhoCorasick, Implementation

from .normalisation import ASIDE_CLOSES, ASIDE_OPENS, BREAK, SOFT

LINE = "\n"  # between passages in ASCII, which has no `BREAK`
# What is soft, and what stands for all characters beyond ASCII.
DROPPED = bytes(code for code in range(128) if chr(code) != LINE and re.match(f"[?{SOFT}]", chr(code)))
SMALL = ascii_lowercase.encode()  # in titled text, letters with which a word goes on
BRACKETED = re.compile(f"{ASIDE_OPENS}[^{ASIDE_OPENS}{ASIDE_CLOSES}]*{ASIDE_CLOSES}")  # what is set aside


class Prefilter:
    """All known names, prepared once for any number of texts."""

    def __init__(self, spellings: Iterable[str]) -> None:
        """Prepare for names in all their `spellings`, none of which holds anything soft."""
        told = {spelling: _titled(spelling).lower() for spelling in spellings}
        self._told = BytesAhoCorasick({*told.values()} - {b""}, implementation=Implementation.DFA)
        self._longest = max(map(len, told.values()), default=0)
        firsts = "".join(re.escape(spelling[0]) for spelling, plain in told.items() if not plain)
        self._untold = re.compile(f"[{firsts}]") if firsts else None

    def passages(self, text: str) -> list[str]:
        """Return the passages of a comparable `text` that may hold a name, in order.

        The whole text is one passage where something is set aside that holds a break.
        """
        passages = text.replace(LINE, " ").split(BREAK)
        asides = {number: passage for number, passage in enumerate(passages) if ASIDE_OPENS in passage}
        if any(passage.rfind(ASIDE_OPENS) > passage.rfind(ASIDE_CLOSES) for passage in asides.values()):
            return [text]
        parts = {number: BRACKETED.split(passage) for number, passage in asides.items()}
        # What is set aside may belong to a name or not, so such a passage is read with it and without.
        numbers = [*range(len(passages)), *parts]
        kept = {numbers[line] for line in self._hits([*passages, *map("".join, parts.values())])}
        kept.update(number for number in parts if self._may_mix(parts[number]))
        if self._untold is not None:
            kept.update(number for number, passage in enumerate(passages) if self._untold.search(passage))
        return [passages[number] for number in sorted(kept)]

    def _may_mix(self, parts: list[str]) -> bool:
        """Say whether a name may take in one thing that is set aside between `parts`, and leave out another.

        It would have to hold all that stands between the two.
        """
        return any(len(_titled(part)) <= self._longest for part in parts[1:-1])

    def _hits(self, lines: list[str]) -> Iterator[int]:
        """Give the numbers of the `lines` that hold the ASCII of a name, from word to word."""
        titled = _titled(LINE.join(lines)) + LINE.encode()
        line = seen = 0
        for _, start, end in self._told.find_matches_as_indexes(titled.lower(), overlapping=True):
            if titled[start] not in SMALL and titled[end] not in SMALL:
                line += titled.count(LINE.encode(), seen, end)
                seen = end
                yield line


def _titled(text: str) -> bytes:
    """Return the ASCII of `text`, without what is soft in a line, each run of its letters with a capital."""
    return text.encode("ascii", "replace").title().translate(None, DROPPED)

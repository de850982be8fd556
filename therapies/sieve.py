"""A sieve for passages: it keeps every one that may hold a known name, and few others.

Names and passages are compared by their ASCII alone, which can be searched for all names at once. What
is looked for is less than the names, so nothing is lost: the exact search goes over what is kept.
"""

import re
from collections.abc import Iterable, Iterator
from string import ascii_lowercase

from ahocorasick_rs import BytesAhoCorasick, Implementation

from .folding import ASIDE_CLOSES, ASIDE_OPENS, BREAK, SOFT

LINE = "\n"  # between passages in ASCII, which has no `BREAK`
# What names are told without: what is soft, and the sign for a character beyond ASCII.
DROPPED = bytes(code for code in range(128) if chr(code) != LINE and re.match(f"[?{SOFT}]", chr(code)))
WITHIN = ascii_lowercase.encode()  # a word, once it has its capital


class Sieve:
    """All known names, prepared once for any number of texts."""

    def __init__(self, spellings: Iterable[str]) -> None:
        """Prepare for names in all their `spellings`, none of which holds anything soft."""
        told = {spelling: _ascii(spelling).lower() for spelling in spellings}
        self._told = BytesAhoCorasick({*told.values()} - {b""}, implementation=Implementation.DFA)
        firsts = "".join(re.escape(spelling[0]) for spelling, plain in told.items() if not plain)
        self._untold = re.compile(f"[{firsts}]") if firsts else None

    def passages(self, text: str) -> list[str]:
        """Return the passages of a comparable `text` that may hold a name, in order.

        What is set aside may belong to a name or not, so a passage is read with it and without.
        """
        passages = text.replace(LINE, " ").split(BREAK)
        asides = {number: passage for number, passage in enumerate(passages) if ASIDE_OPENS in passage}
        if any(passage.rfind(ASIDE_OPENS) > passage.rfind(ASIDE_CLOSES) for passage in asides.values()):
            return [text]  # what is set aside goes on beyond a break
        numbers = [*range(len(passages)), *asides]
        kept = {numbers[line] for line in self._hits([*passages, *map(_without_aside, asides.values())])}
        kept.update(number for number, passage in asides.items() if passage.count(ASIDE_OPENS) > 1)
        if self._untold is not None:
            kept.update(number for number, passage in enumerate(passages) if self._untold.search(passage))
        return [passages[number] for number in sorted(kept)]

    def _hits(self, lines: list[str]) -> Iterator[int]:
        """Give the numbers of the `lines` that hold the ASCII of a name, from word to word."""
        titled = _ascii(LINE.join(lines)) + LINE.encode()
        line = seen = 0
        for _, start, end in self._told.find_matches_as_indexes(titled.lower(), overlapping=True):
            if titled[start] not in WITHIN and titled[end] not in WITHIN:
                line += titled.count(b"\n", seen, end)
                seen = end
                yield line


def _ascii(text: str) -> bytes:
    """Return the ASCII of `text` but for what is soft, a capital at the beginning of each word."""
    return text.encode("ascii", "replace").title().translate(None, DROPPED)


def _without_aside(passage: str) -> str:
    before, _, rest = passage.partition(ASIDE_OPENS)
    return before + rest.partition(ASIDE_CLOSES)[2]

"""The words of a text, each with its place, and a word without what people write one way or another.

Source: Unicode Standard Annex 29 for what belongs to a word; scripts that put no spaces between words
are read in pairs of characters, as search engines do.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

MAX_LENGTH = 64  # characters of a word; what is longer is cut
HYPHENS = "\u002d\u2010\u2011\u2012\u2013\u2212"
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # hyphens and joints that only typesetting sees
MARKS = "".join(chr(one) for one in range(0x300, 0x10000) if unicodedata.category(chr(one)) in ("Mn", "Mc"))
# Thai, Lao, Myanmar, Khmer, kana, Han, Hangul.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
)
PART = rf"[^\W_](?:[^\W_]|[{re.escape(MARKS + UNSEEN)}])*"
COMPOUND = re.compile(rf"{PART}(?:[{re.escape(HYPHENS)}]{PART})*")
PIECE = re.compile(rf"[{UNSPACED}]+|[^{UNSPACED}{re.escape(HYPHENS)}]+")
IS_UNSPACED = re.compile(rf"[{UNSPACED}]")

# Letters that Unicode takes for letters of their own, and that people write with others.
WRITTEN_OUT = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
# Combining classes of marks that are often left out: points of Hebrew and Arabic, accents.
POINTS, ACCENTS = range(10, 36), range(200, 256)
TATWEEL = "\u0640"


class WordToken(NamedTuple):
    """A word as it is written, from `start` to before `end` of its text."""

    word: str
    start: int
    end: int


def compounds(text: str) -> Iterator[list[WordToken]]:
    """Give the words of `text` in order; what hyphens join comes together, part by part."""
    for match in COMPOUND.finditer(text):
        if tokens := [*_parts(match)]:
            yield tokens


def _parts(match: re.Match[str]) -> Iterator[WordToken]:
    for piece in PIECE.finditer(match[0]):
        start = match.start() + piece.start()
        if not IS_UNSPACED.match(piece[0]):
            yield WordToken(piece[0], start, start + len(piece[0]))
        elif len(piece[0]) == 1:
            yield WordToken(piece[0], start, start + 1)
        else:
            pairs = enumerate(pairwise(piece[0]), start)
            yield from (WordToken(a + b, place, place + 2) for place, (a, b) in pairs)


def is_unspaced(word: str) -> bool:
    """Say whether `word` is of a script that puts no spaces between words."""
    return bool(IS_UNSPACED.match(word))


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return `word` in small letters without accents, points and invisible characters, digits as 0 to 9."""
    seen = "".join(one for one in word[:MAX_LENGTH] if one not in UNSEEN)
    small = unicodedata.normalize("NFKC", seen).casefold().translate(WRITTEN_OUT)
    if small.isascii():
        return small[:MAX_LENGTH]
    bare = "".join(filter(_is_kept, unicodedata.normalize("NFD", small)))
    return unicodedata.normalize("NFC", "".join(map(_digit, bare)))[:MAX_LENGTH]


def _is_kept(character: str) -> bool:
    mark = unicodedata.combining(character)
    return mark not in POINTS and mark not in ACCENTS and character != TATWEEL


def _digit(character: str) -> str:
    return str(unicodedata.digit(character, character))

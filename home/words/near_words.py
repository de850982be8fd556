"""Words near to a word: that begin or end with it, or that it was likely meant to be.

Each word of an index is kept under keys; what a visitor typed is looked up by its own keys, so that no
list of words is ever read through. Two words differ by one letter left out, added, taken for another
or for its neighbour just where they share a key of the kind ERROR (the symmetric deletion of SymSpell);
so do words that sound so.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from .stems import is_compounding, plain, terms_of

WHOLE, BEGINNING, ENDING, ERROR = "=", "b", "e", "x"  # the kinds of keys, which begin with them

MIN_BEGINNING = 2  # letters of a word that is being typed
MIN_ENDING = 4  # of the part of a compound
MIN_REST = 3  # of what stands before or after it
MIN_MISSPELT = 4  # of a word that may be misspelt
ALIKE = 0.7  # the least likeness of two words, of 1

# What sounds alike, in the languages of the alphabet of Latin.
SOUNDS = (("ph", "f"), ("th", "t"), ("ck", "k"), ("ch", "k"), ("c", "k"), ("q", "k"), ("y", "i"), ("z", "s"))
TWICE = re.compile(r"(.)\1+")


def keys_of(word: str, language: str) -> set[str]:
    """Return all keys under which `word`, as it is written, is kept."""
    whole = plain(word, language)
    keys = {WHOLE + whole} | {BEGINNING + whole[:end] for end in range(MIN_BEGINNING, len(whole))}
    if is_compounding(language):
        for one in {whole, *terms_of(word, language)}:
            keys |= {ENDING + one[start:] for start in range(MIN_REST, len(one) - MIN_ENDING + 1)}
    return keys | error_keys(whole)


def whole_key(word: str, language: str) -> str:
    """Return the key of `word` alone."""
    return WHOLE + plain(word, language)


def part_keys(word: str, language: str) -> set[str]:
    """Return the keys of the compounds of which `word` may be a part, none where there are no such."""
    whole = plain(word, language)
    if not is_compounding(language) or len(whole) < MIN_ENDING:
        return set()
    parts = {one for one in (whole, *terms_of(word, language)) if len(one) >= MIN_ENDING}
    return {ENDING + one for one in parts} | {BEGINNING + whole}


def beginning_key(word: str, language: str) -> set[str]:
    """Return the key of the words that begin with `word`."""
    whole = plain(word, language)
    return {BEGINNING + whole} if len(whole) >= MIN_BEGINNING else set()


def error_keys(word: str) -> set[str]:
    """Return the keys that `word`, in small letters, shares with what it was likely meant to be."""
    if len(word) < MIN_MISSPELT or not word.isalpha():
        return set()
    spellings = {word, sounding(word)}
    shorter = {one[:place] + one[place + 1 :] for one in spellings for place in range(len(one))}
    return {ERROR + one for one in spellings | shorter}


def sounding(word: str) -> str:
    """Return `word` with the letters that sound alike as one, and no letter twice."""
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    return TWICE.sub(r"\1", word)


def likeness(one: str, other: str) -> float:
    """Return how like two words are, from 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def nearest(word: str, candidates: Iterable[str], language: str) -> str:
    """Return the one of `candidates` that is most like `word`, blank where none is like it."""
    whole = plain(word, language)
    others = {other: one for one in candidates if (other := plain(one, language)) != whole}
    best = max(others, key=lambda other: (likeness(whole, other), other), default="")
    return others[best] if best and likeness(whole, best) >= ALIKE else ""


def split(word: str, known: set[str]) -> list[str]:
    """Return `word` taken apart into as few words of `known` as there can be; nothing where it cannot be."""
    best: list[list[str] | None] = [[], *[None] * len(word)]
    for end in range(MIN_REST, len(word) + 1):
        found = [
            [*before, word[start:end]]
            for start in range(end - MIN_REST + 1)
            if (before := best[start]) is not None and word[start:end] in known
        ]
        best[end] = min(found, key=len, default=None)
    return best[-1] or []


def pieces(word: str) -> set[str]:
    """Return every piece of `word` that may be a word."""
    last = len(word)
    return {
        word[start:end] for start in range(last - MIN_REST + 1) for end in range(start + MIN_REST, last + 1)
    } - {word}

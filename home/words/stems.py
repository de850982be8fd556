"""The terms by which words of one meaning are found: without case, accents and endings.

A stemmer by Snowball (snowballstem.org) for each language that it knows; elsewhere words stay whole.
"""

import re
from functools import cache, lru_cache
from threading import local

from Stemmer import Stemmer  # type: ignore[import-not-found] # PyStemmer has no types

from .tokens import fold, is_unspaced

# Where vowels with two dots may be written out, as one letter either way.
UMLAUTS = re.compile(r"(?<=[aou])e")
WRITES_UMLAUTS_OUT = frozenset({"de"})
# What a stemmer leaves of endings that come from Greek: “metastasis” and “metastases”.
LEFT_OVER = {"en": re.compile(r"(?<=\w{4})i$")}
# Languages that write compounds as one word.
COMPOUNDING = frozenset({"da", "de", "fi", "is", "nl", "no", "sv"})

# The stemmers' codes, where Django has others.
STEMMED_AS = {"nb": "no", "nn": "no"}

_own = local()  # a stemmer serves one thread


def is_compounding(language: str) -> bool:
    """Say whether the language with this code writes compounds as one word."""
    return _base(language) in COMPOUNDING


@lru_cache(maxsize=100_000)
def terms_of(word: str, language: str) -> tuple[str, ...]:
    """Return the terms of `word`, the most telling first; none for a single letter.

    There are two where the word's accents tell the stemmer more than the word without them, as it is
    often typed.
    """
    base, folded = _base(language), fold(word)
    if is_unspaced(folded) or folded.isdigit():
        return (folded,)
    if len(folded) < 2:
        return ()
    if base in WRITES_UMLAUTS_OUT:
        folded = UMLAUTS.sub("", folded)
    stems = (_stem(folded, base), fold(_stem(word.casefold(), base)) if folded.isalpha() else folded)
    return tuple(dict.fromkeys(_trimmed(stem, base) for stem in stems))


def plain(word: str, language: str) -> str:
    """Return the whole of `word` as it is compared with others."""
    folded = fold(word)
    return UMLAUTS.sub("", folded) if _base(language) in WRITES_UMLAUTS_OUT else folded


def _stem(word: str, language: str) -> str:
    stemmer = _stemmer(language)
    return str(stemmer.stemWord(word)) if stemmer and word.isalpha() else word


def _trimmed(stem: str, language: str) -> str:
    if pattern := LEFT_OVER.get(language):
        return pattern.sub("", stem)
    return UMLAUTS.sub("", stem) if language in WRITES_UMLAUTS_OUT else stem


def _stemmer(language: str) -> Stemmer | None:
    stemmers = vars(_own)
    if language not in stemmers:
        stemmers[language] = Stemmer(language) if _is_known(language) else None
    found: Stemmer | None = stemmers[language]
    return found


@cache
def _is_known(language: str) -> bool:
    try:
        Stemmer(language)
    except KeyError:
        return False
    return True


def _base(language: str) -> str:
    base = language.partition("-")[0]
    return STEMMED_AS.get(base, base)

"""How hard a text is to read: sentences that are long, and the reading ease of its language's own formula.

Syllables are counted by the hyphenation patterns of LibreOffice. Sources: R. Flesch, "A new readability
yardstick", 1948; T. Amstad, "Wie verständlich sind unsere Zeitungen?", 1978 (German); L. Kandel and
A. Moles, "Application de l'indice de Flesch à la langue française", 1958.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from pyphen import Pyphen, language_fallback

LONG = 30  # words, from which on a sentence is long
ENOUGH = 100  # words, of which on a text has a reading ease
SENTENCE = re.compile(r"(?<=[.!?…])[\s\"”“»’)\]]+(?=[^\W\d_a-zß-ÿ])")  # before a capital letter
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


class Formula(NamedTuple):
    """Reading ease is `most`, less so much for each word of a sentence, and for each syllable of a word."""

    most: float
    by_word: float
    by_syllable: float


FORMULAS = {
    "en": Formula(206.835, 1.015, 84.6),
    "de": Formula(180, 1, 58.5),
    "fr": Formula(207, 1.015, 73.6),
}


def long_sentences(paragraphs: Iterable[str]) -> list[str]:
    """Return the sentences that are long, the longest first."""
    found = [one for paragraph in paragraphs for one in sentences_of(paragraph) if _length(one) >= LONG]
    return sorted(found, key=_length, reverse=True)


def sentences_of(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph."""
    return [sentence for part in SENTENCE.split(paragraph) if (sentence := part.strip())]


def reading_ease(paragraphs: Iterable[str], language: str) -> int | None:
    """Return how easy a text is, from 0 (very hard) to 100; None where it is short or has no formula."""
    formula = FORMULAS.get(language[:2])
    sentences = [one for paragraph in paragraphs for one in sentences_of(paragraph) if WORD.search(one)]
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    if formula is None or len(words) < ENOUGH:
        return None
    syllables = sum(_syllables(word, language) for word in words)
    ease = formula.most - formula.by_word * len(words) / len(sentences)
    return round(min(100, max(0, ease - formula.by_syllable * syllables / len(words))))


def _length(sentence: str) -> int:
    return len(WORD.findall(sentence))


def _syllables(word: str, language: str) -> int:
    return len(_patterns(language).positions(word.lower())) + 1


@cache
def _patterns(language: str) -> Pyphen:
    return Pyphen(lang=language_fallback(language) or language_fallback(language[:2]), left=1, right=1)

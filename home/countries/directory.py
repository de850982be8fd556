"""All countries in one language, and those that somebody may mean by what they type."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unicodedata import combining, normalize

from django.conf import settings
from django.utils import translation
from django_countries import countries as known

from home.collation import sort_key

from .continents import CONTINENTS
from .other_names import OTHER_NAMES

OWN_NAMES = json.loads(Path(__file__).with_name("own_names.json").read_text())  # out of Unicode's data
MAX_QUERY = 60  # characters; no country's name is longer
BETWEEN = re.compile(r"[\W_]+")
SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
# Letters that are no other letter with a mark; the script in the browser has the same.
UNMARKED = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


@dataclass(frozen=True)
class Country:
    """A country: its two letters (ISO 3166-1), its name in one language, and what it is found by, folded."""

    code: str
    name: str
    found_by: tuple[str, ...]


@dataclass(frozen=True)
class Continent:
    """A continent with its countries, by their names."""

    code: str
    name: str
    countries: tuple[Country, ...]


def fold(text: str) -> str:
    """Return `text` as names are compared: without case, accents and signs."""
    bare = "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))
    return BETWEEN.sub(" ", normalize("NFC", bare.translate(UNMARKED))).strip()


@cache
def all_countries(language: str) -> dict[str, Country]:
    """Return every country by its code, in the order of their names in `language`."""
    by_name = sorted(_named(language).items(), key=lambda item: sort_key(item[1]))
    return {code: Country(code, name, (*_found_by(code),)) for code, name in by_name}


@cache
def continents(language: str) -> tuple[Continent, ...]:
    """Return the continents with all their countries, in the order of their names in `language`."""
    listed = all_countries(language).values()
    with translation.override(language):
        found = [
            Continent(code, str(name), tuple(country for country in listed if country.code in codes))
            for code, (name, codes) in CONTINENTS.items()
        ]
    return tuple(sorted(found, key=lambda continent: sort_key(continent.name)))


def countries_like(query: str, language: str) -> list[Country]:
    """Return whom `query` may mean: who is called so, else who has a name with words that begin so."""
    typed = fold(query[:MAX_QUERY])
    if not typed:
        return []
    listed = all_countries(language).values()
    exact = [country for country in listed if typed in country.found_by]
    return exact or [
        country for country in listed if any(f" {typed}" in f" {one}" for one in country.found_by)
    ]


def languages_of(code: str) -> list[str]:
    """Return the codes of the official languages of the country `code`, the most spoken first."""
    languages: list[str] = OWN_NAMES[code]["languages"]
    return languages


def place_among(spoken: Sequence[str], language: str) -> int:
    """Return the place of `language` among those `spoken` somewhere, the last one for any other."""
    bases = [one.partition("_")[0] for one in spoken]
    base = language.partition("-")[0]
    return bases.index(base) if base in bases else len(bases)


@cache
def _named(language: str) -> dict[str, str]:
    with translation.override(language):
        return {code: str(name) for code, name in known}


def _found_by(code: str) -> Iterator[str]:
    """Give the country's folded names, in the site's languages and its own, and its codes, each once."""
    ours = [_named(language)[code] for language in dict(settings.LANGUAGES)]
    names = [*ours, *OWN_NAMES[code]["names"], *OTHER_NAMES.get(code, ()), code, known.alpha3(code)]
    spelt = [one.translate(SPELLED_OUT) for one in names]
    yield from dict.fromkeys(filter(None, map(fold, [*names, *spelt])))

"""Days as the people of a country write them in a language: 27 November 2026, or November 27, 2026.

Source: Unicode CLDR, as Babel brings it.
"""

from contextlib import suppress
from datetime import date
from functools import lru_cache

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date

WORLD = "001"  # what CLDR calls it; else a language is taken for that of its largest country


def written(day: date, language: str, country: str = "") -> str:
    """Return `day` in words as in `country`, an ISO 3166-1 code, else as most of the world writes `language`.

    `language` is one of the settings' codes, such as "en" or "zh-hans".
    """
    return format_date(day, "long", locale=locale_of(language, country))


@lru_cache(maxsize=1024)
def locale_of(language: str, country: str = "") -> Locale:
    """Return how days and times are written in `language`, as in `country` where that is known."""
    spoken = Locale.parse(language, sep="-")
    for place in filter(None, (country, spoken.territory, WORLD)):
        with suppress(UnknownLocaleError):
            return Locale(spoken.language, place, spoken.script)
    return spoken

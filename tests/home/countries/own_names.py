"""What countries call themselves, out of Unicode's data (CLDR, by way of Babel).

`python -m tests.home.countries.own_names` writes home/countries/own_names.json anew.
"""

import json
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages
from django_countries.data import COUNTRIES

WRITTEN = Path("home/countries/own_names.json")


def as_told() -> dict[str, dict[str, list[str]]]:
    """Return by country its official languages, the most spoken first, and its name in each that has one."""
    return {code: {"languages": list(_languages(code)), "names": _names(code)} for code in sorted(COUNTRIES)}


def _languages(code: str) -> tuple[str, ...]:
    return tuple(get_official_languages(code, regional=True, de_facto=True))


def _names(code: str) -> list[str]:
    found: dict[str, None] = {}
    for language in _languages(code):
        try:
            name = Locale.parse(language).territories.get(code)
        except (UnknownLocaleError, ValueError):
            continue  # a language that the data have no names in
        if name:
            found[name] = None
    return [*found]


if __name__ == "__main__":
    WRITTEN.write_text(json.dumps(as_told(), ensure_ascii=False, indent=0, sort_keys=True) + "\n")

"""The demo's office hours and whom to tell of a side effect, country by country: samples throughout."""

from datetime import time
from typing import Any

from home.countries.directory import all_countries

from .regions import DemoRegion

AUTHORITY = {
    "en": "Sample authority ({country})",
    "de": "Musterbehörde ({country})",
    "fr": "Autorité d’exemple ({country})",
}
TEXT = {
    "en": "Sample. Not a number or an address in use.",
    "de": "Muster. Nummer und Adresse sind nicht in Gebrauch.",
    "fr": "Exemple. Ce numéro et cette adresse ne sont pas utilisés.",
}
TELEPHONE = "+00 000 0000"
HOURS = {"first_day": "mon", "last_day": "fri", "opens": time(9), "closes": time(17)}


def office_hours() -> list[tuple[str, dict[str, Any]]]:
    """Return hours as an editor would have entered them."""
    return [("hours", HOURS)]


def reporting(demo: DemoRegion, language: str) -> list[tuple[str, dict[str, str]]]:
    """Return a sample of whom to tell in each country of the region."""
    names = all_countries(language)
    return [("contact", _contact(code, names[code].name, language)) for code in demo.countries]


def _contact(code: str, name: str, language: str) -> dict[str, str]:
    return {
        "country": code,
        "authority": AUTHORITY[language].format(country=name),
        "telephone": TELEPHONE,
        "email": f"reports.{code.lower()}@example.com",
        "url": "",
        "text": TEXT[language],
    }

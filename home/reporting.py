"""Whom a region's people tell of a side effect or a complaint, country by country."""

from collections.abc import Iterable
from typing import Any

from .blocks.reporting import ReportingContactValue
from .collation import sort_key


def reporting_contacts(homes: Iterable[Any]) -> list[ReportingContactValue]:
    """Return what the first of `homes` that has any says, by the countries' names in the active language."""
    entered = next((home.reporting for home in homes if home and home.reporting), ())
    return sorted((child.value for child in entered), key=lambda value: sort_key(value.country_name))


def countries_without_contact(home: Any) -> list[str]:
    """Return the codes of the countries of the region of `home` for which it says nothing."""
    told = {child.value["country"] for child in home.reporting}
    return [country.code for country in home.region.countries if country.code not in told]

"""Office hours as people read them in a language: “Mon – Fri, 09:00 – 17:00, Central European Time”.

What the browser needs to tell them in the reader's own time zone stands beside each.
Source of days, times and names of zones: Unicode CLDR, as Babel brings it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Any

from babel.dates import format_time, get_day_names, get_timezone, get_timezone_name

from .blocks.hours import DAYS
from .written_dates import locale_of


@dataclass(frozen=True, slots=True)
class Opening:
    """Days in a row and their times: in words, and as plain values (days counted from Monday, 0)."""

    days: str
    times: str
    first: int
    last: int
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The hours of an office in its own time zone: its name in words, and by IANA.

    `language` is the language and country in whose words they are (BCP 47).
    """

    openings: list[Opening]
    zone: str
    zone_name: str
    language: str


def hours_of(homes: Iterable[Any]) -> Any:
    """Return the first of `homes`, home pages or None, that has office hours; None without one."""
    return next((home for home in homes if home and home.office_hours and home.time_zone), None)


def written_hours(home: Any, language: str, country: str = "") -> OfficeHours | None:
    """Return the hours that `home` holds in words of `language` as in `country`; None where it is None.

    `language` is one of the settings' codes, `country` an ISO 3166-1 code.
    """
    if home is None:
        return None
    locale = locale_of(language, country)
    names = get_day_names("abbreviated", context="stand-alone", locale=locale)
    openings = [_opening(block.value, names, locale) for block in home.office_hours]
    zone_name = get_timezone_name(get_timezone(home.time_zone), locale=locale)
    return OfficeHours(openings, home.time_zone, zone_name, str(locale).replace("_", "-"))


def _opening(value: Any, names: Any, locale: Any) -> Opening:
    first = DAYS.index(value["first_day"])
    last = DAYS.index(value["last_day"]) if value["last_day"] else first
    opens, closes = value["opens"], value["closes"]
    return Opening(
        days=_range(dict.fromkeys((names[first], names[last]))),
        times=_range(format_time(at, "short", locale=locale) for at in (opens, closes)),
        first=first,
        last=last,
        opens=_plain(opens),
        closes=_plain(closes),
    )


def _range(ends: Iterable[str]) -> str:
    return " – ".join(ends)


def _plain(at: time) -> str:
    return at.strftime("%H:%M")

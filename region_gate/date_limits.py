"""Limit typed dates to plausible ones: a slip of the keyboard makes the year 1, or 9999.

`DATES_MAX_PAST_DAYS` and `DATES_MAX_AHEAD_DAYS` say how far from today any typed date may lie.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from region_gate import clock

PAST, AHEAD = "DATES_MAX_PAST_DAYS", "DATES_MAX_AHEAD_DAYS"
USUAL = {PAST: 36525, AHEAD: 7305}
MAX_DAYS = 73050  # two hundred years, which any calendar holds


def within(past: int | None = None, ahead: int | None = None, since: date | None = None) -> tuple[date, date]:
    """Return the first and the last day that may be meant: by days from today, and none before `since`."""
    today = clock.today()
    before = days_in(PAST, USUAL) if past is None else past
    after = days_in(AHEAD, USUAL) if ahead is None else ahead
    first, last = today - timedelta(days=before), today + timedelta(days=after)
    return (max(first, since) if since and since <= last else first), last


def check_day(
    day: date, past: int | None = None, ahead: int | None = None, since: date | None = None
) -> None:
    """Raise ValidationError where nobody can mean `day`."""
    first, last = within(past, ahead, since)
    if not first <= day <= last:
        days = {"first": in_words(first), "last": in_words(last)}
        raise ValidationError(_("Give a day from %(first)s to %(last)s."), code="day", params=days)


def check_moment(moment: datetime) -> None:
    """Raise ValidationError where nobody can mean `moment` (aware), by the site's day."""
    check_day(clock.day_of(moment))


def error_of(day: date | None, ahead: int | None = None, since: date | None = None) -> ValidationError | None:
    """Return what `check_day` raises, None where the day will do or there is none."""
    try:
        if day:
            check_day(day, ahead=ahead, since=since)
    except ValidationError as error:
        return error
    return None


def read_day(text: str) -> date:
    """Return the day that `text` gives in ISO 8601. Raises ValueError where nobody can mean it."""
    day = date.fromisoformat(text)
    if error := error_of(day):
        raise ValueError(error.messages[0])
    return day


def in_words(day: date) -> str:
    """Return `day` with its weekday, such as "Friday 27 November 2026"."""
    # Translators: a day with its weekday, in Django's format characters.
    return date_format(day, gettext("l j F Y"))


def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return what is wrong with the settings."""
    return [*check_numbers(USUAL, "region_gate.E010")]


def check_numbers(usual: dict[str, int], number: str) -> Iterator[CheckMessage]:
    """Give an error called `number` for each setting that is no number of days; `usual` has the defaults."""
    for name in usual:
        days = days_in(name, usual)
        if type(days) is not int or not 0 < days <= MAX_DAYS:
            yield Error(f"{name} must be a whole number of days from 1 to {MAX_DAYS}.", id=number)


def days_in(name: str, usual: dict[str, int]) -> int:
    """Return the setting `name`, a number of days; `usual` has the defaults."""
    days: int = getattr(settings, name, usual[name])
    return days

"""The site's clock: what is in force is decided by the day in the zone `TIME_ZONE`, whoever asks.

Django activates the time zone of whoever is signed in, so `timezone.localdate()` is another day in
Auckland than in Pago Pago. Nothing else in the project asks for the day: a lint rule sees to it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

_assumed: ContextVar[date | None] = ContextVar("assumed", default=None)


def today() -> date:
    """Return the day that it is on the site."""
    return _assumed.get() or day_of(timezone.now())


@contextmanager
def assumed(day: date) -> Iterator[None]:
    """Have it be `day` inside: for what is tried before its day has come, and then undone."""
    outer = _assumed.set(day)
    try:
        yield
    finally:
        _assumed.reset(outer)


def day_of(moment: datetime) -> date:
    """Return the day that it is on the site at `moment` (aware)."""
    try:
        return timezone.localdate(moment, timezone.get_default_timezone())  # noqa: TID251 - the one place
    except OverflowError:  # at the ends of the calendar, which have no day in other zones
        return moment.date()


def zone() -> str:
    """Return the name of the site's time zone, such as "Europe/Berlin"."""
    return timezone.get_default_timezone_name()


def latest_day() -> date:
    """Return the latest day on which it may be now in any time zone."""
    return datetime.now(UTC).date() + timedelta(days=1)

"""The site's clock: what is in force is decided by the day in the zone `TIME_ZONE`, whoever asks.

Django activates the time zone of whoever is signed in, so `timezone.localdate()` is another day in
Auckland than in Pago Pago. Nothing else in the project asks for the day: a lint rule sees to it.
"""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone


def today() -> date:
    """Return the day that it is on the site."""
    return day_of(timezone.now())


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

"""The app's settings, read nowhere else.

`ENQUIRIES_KEPT_DAYS`: after how many days an enquiry is deleted, answered or not.
`ENQUIRIES_PER_HOUR`: how many enquiries are taken in an hour, from everybody together.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

KEPT, PER_HOUR = "ENQUIRIES_KEPT_DAYS", "ENQUIRIES_PER_HOUR"
USUAL = {KEPT: 180, PER_HOUR: 200}
MOST = {KEPT: 3650, PER_HOUR: 100_000}


def kept_days() -> int:
    """Return for how many days an enquiry is kept."""
    return int(str(_stands(KEPT)))


def kept_for() -> timedelta:
    """Return for how long an enquiry is kept."""
    return timedelta(days=kept_days())


def most_per_hour() -> int:
    """Return how many enquiries are taken in an hour."""
    return int(str(_stands(PER_HOUR)))


def _stands(name: str) -> object:
    return getattr(settings, name, USUAL[name])


def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return what is wrong with these settings."""
    return [*_faults()]


def _faults() -> Iterator[CheckMessage]:
    for number, name in enumerate(USUAL, start=1):
        value = _stands(name)
        if type(value) is not int or not 1 <= value <= MOST[name]:
            told = f"{name} must be a whole number from 1 to {MOST[name]}."
            yield Error(told, id=f"enquiries.E00{number}")

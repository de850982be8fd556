"""System checks of the settings that the reports depend on."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error

from . import conf

MAX_DAYS = 3650


def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return what is wrong with the reports' settings."""
    return [
        Error(f"{name} must be a whole number of days from 0 to {MAX_DAYS}.", id="therapies.E003")
        for name in (conf.NOTICE, conf.CATCH_UP)
        if not _is_number_of_days(conf.days_of(name))
    ]


def _is_number_of_days(days: object) -> bool:
    return type(days) is int and 0 <= days <= MAX_DAYS

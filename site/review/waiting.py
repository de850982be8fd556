"""How long what was sent may wait for its review: `REVIEW_WITHIN_DAYS`, read nowhere else."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

WITHIN = "REVIEW_WITHIN_DAYS"
USUAL_DAYS, MAX_DAYS = 5, 365


def within_days() -> int:
    """Return in how many days what was sent should be decided."""
    return int(getattr(settings, WITHIN, USUAL_DAYS))


def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return what is wrong with the setting."""
    days = getattr(settings, WITHIN, USUAL_DAYS)
    if type(days) is int and 1 <= days <= MAX_DAYS:
        return []
    return [Error(f"{WITHIN} must be a whole number of days from 1 to {MAX_DAYS}.", id="review.E003")]

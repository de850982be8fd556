"""The app's settings, read nowhere else."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

from region_gate.date_limits import check_numbers, days_in

REVIEW, PREPARED = "REVIEW_MAX_DAYS", "PREPARED_MAX_AGE_DAYS"
USUAL_DAYS = {REVIEW: 1826, PREPARED: 1826}


def takes_down() -> bool:
    """Say whether a page comes down when the label ends that allowed what it names (LABELS_TAKE_DOWN)."""
    return getattr(settings, "LABELS_TAKE_DOWN", False) is True


def review_max_days() -> int:
    """Return how many days ahead a review may be due at most (REVIEW_MAX_DAYS)."""
    return days_in(REVIEW, USUAL_DAYS)


def prepared_max_age_days() -> int:
    """Return how many days ago material may have been prepared at most (PREPARED_MAX_AGE_DAYS)."""
    return days_in(PREPARED, USUAL_DAYS)


def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return what is wrong with these settings."""
    found = [*check_numbers(USUAL_DAYS, "therapies.E010")]
    if not isinstance(getattr(settings, "LABELS_TAKE_DOWN", False), bool):
        found.append(Error("LABELS_TAKE_DOWN must be True or False.", id="therapies.E002"))
    return found

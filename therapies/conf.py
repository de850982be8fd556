"""The app's settings, read nowhere else."""

import os
from collections.abc import Iterator, Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Warning  # noqa: A004 - Django's name

from region_gate.date_limits import check_numbers, days_in

REVIEW, PREPARED = "REVIEW_MAX_DAYS", "PREPARED_MAX_AGE_DAYS"
USUAL_DAYS = {REVIEW: 1826, PREPARED: 1826}


def review_max_days() -> int:
    """Return how many days ahead a review may be due at most (REVIEW_MAX_DAYS)."""
    return days_in(REVIEW, USUAL_DAYS)


def prepared_max_age_days() -> int:
    """Return how many days ago material may have been prepared at most (PREPARED_MAX_AGE_DAYS)."""
    return days_in(PREPARED, USUAL_DAYS)


def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return what is wrong with these settings."""
    return [*check_numbers(USUAL_DAYS, "therapies.E010"), *_superseded()]


def _superseded() -> Iterator[CheckMessage]:
    """Give a warning where a setting is named that decides nothing any more."""
    if hasattr(settings, "LABELS_TAKE_DOWN") or "LABELS_TAKE_DOWN" in os.environ:
        told = "LABELS_TAKE_DOWN decides nothing any more: pages come down when their label ends."
        hint = "Remove it. A region’s legal team may choose otherwise, under Reports, When a label ends."
        yield Warning(told, hint=hint, id="therapies.W001")

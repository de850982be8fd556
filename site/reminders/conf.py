"""The app's settings, read nowhere else.

`ESCALATION_DAYS`, `ESCALATION_URGENT_DAYS`: after how many days past its date a matter is escalated.
`REVIEW_BY_NOTICE_DAYS`: how many days before a page's review-by its teams get an e-mail, each once.
`REVIEW_BY_TAKES_DOWN`: whether pages come down when their review-by has passed.
"""

from collections.abc import Iterator, Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

ESCALATION, URGENT = "ESCALATION_DAYS", "ESCALATION_URGENT_DAYS"
NOTICE, TAKES_DOWN = "REVIEW_BY_NOTICE_DAYS", "REVIEW_BY_TAKES_DOWN"
USUAL = {ESCALATION: 7, URGENT: 1, NOTICE: [30, 7], TAKES_DOWN: False}
MAX_DAYS = 3650


def escalation_days(*, is_urgent: bool) -> int:
    """Return after how many days past its date a matter is escalated, step by step."""
    return int(str(_stands(URGENT if is_urgent else ESCALATION)))


def notice_days() -> list[int]:
    """Return how many days before a page's review-by its teams are told, the most first."""
    days = _stands(NOTICE)
    return sorted(days, reverse=True) if isinstance(days, list) else []


def takes_down() -> bool:
    """Say whether pages come down when their review-by has passed."""
    return bool(_stands(TAKES_DOWN))


def _stands(name: str) -> object:
    return getattr(settings, name, USUAL[name])


def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return what is wrong with these settings."""
    return [*_faults()]


def _faults() -> Iterator[CheckMessage]:
    for name in (ESCALATION, URGENT):
        if not _is_days(_stands(name)):
            told = f"{name} must be a whole number of days from 1 to {MAX_DAYS}."
            yield Error(told, id="reminders.E001")
    days = _stands(NOTICE)
    if not (isinstance(days, list) and all(map(_is_days, days))):
        told = f"{NOTICE} must be whole numbers of days from 1 to {MAX_DAYS}."
        yield Error(told, id="reminders.E002")


def _is_days(days: object) -> bool:
    return type(days) is int and 1 <= days <= MAX_DAYS

"""When a label is in force: the rule in Python and, beside it, in SQL.

A label counts from its first day, once it is published and its authority has approved it, until before
the day of its withdrawal. What was withdrawn has been in force until then.
"""

from datetime import date
from enum import Enum
from typing import Protocol

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """What a region's authority has decided about a product."""

    APPROVED = "approved", _("Approved")
    NOT_APPROVED = "not approved", _("Not approved")
    UNDER_REVIEW = "under review", _("Under review")
    WITHDRAWN = "withdrawn", _("Withdrawn")


ONCE_APPROVED = (Status.APPROVED, Status.WITHDRAWN)


class Force(Enum):
    """How a label stands on a day."""

    DRAFT = "draft"
    NOT_APPROVED = "not approved"
    NEVER = "never"  # no day lies between its first and its withdrawal
    BEGINS = "begins"
    IN_FORCE = "in force"
    ENDED = "ended"


class Dated(Protocol):
    """What the rule asks of a label."""

    @property
    def live(self) -> bool:
        """Say whether it is published."""

    @property
    def status(self) -> str:
        """Return what the authority has decided."""

    @property
    def effective_from(self) -> date | None:
        """Return the first day in force."""

    @property
    def withdrawn_on(self) -> date | None:
        """Return the first day on which it is no longer in force."""


def force_of(label: Dated, on: date) -> Force:
    """Return how `label` stands on `on`."""
    if not label.live:
        return Force.DRAFT
    if label.status not in ONCE_APPROVED:
        return Force.NOT_APPROVED
    first, end = label.effective_from, label.withdrawn_on
    if end is not None and end <= on:
        return Force.ENDED
    if first is None or (end is not None and end <= first):
        return Force.NEVER
    return Force.IN_FORCE if first <= on else Force.BEGINS


def is_in_force(label: Dated, on: date) -> bool:
    """Say whether `label` is in force on `on`."""
    return force_of(label, on) is Force.IN_FORCE


def in_force(on: date) -> Q:
    """Return what holds for the labels in force on `on`."""
    return Q(live=True) & in_force_once_published(on)


def in_force_once_published(on: date) -> Q:
    """Return what holds for the labels that are in force on `on`, were they published."""
    return Q(status__in=ONCE_APPROVED, effective_from__lte=on) & _ends_after(on)


def in_force_between(start: date, end: date | None) -> Q:
    """Return what holds for the labels in force on a day from `start` until before `end`, None: for good."""
    if end and end <= start:
        return Q(pk__in=())
    begins_in_time = Q(effective_from__lt=end) if end else Q(effective_from__isnull=False)
    ends_later = _ends_after(start) & _ends_after(F("effective_from"))
    return Q(live=True, status__in=ONCE_APPROVED) & begins_in_time & ends_later


def ended(on: date) -> Q:
    """Return what holds for the labels that have ended by `on`."""
    return Q(live=True, status__in=ONCE_APPROVED, withdrawn_on__lte=on)


def _ends_after(day: date | F) -> Q:
    return Q(withdrawn_on=None) | Q(withdrawn_on__gt=day)

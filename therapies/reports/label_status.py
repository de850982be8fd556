"""How a product stands in a region on a day, as the label says that speaks for it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from therapies.models.label import ONCE_APPROVED, Status


class LabelStatus(StrEnum):
    """What may be said of a product in a region, from the best to the worst."""

    IN_FORCE = "in-force"
    REVIEW_DUE = "review-due"
    REVIEW_OVERDUE = "review-overdue"
    BEGINS = "begins"
    UNDER_REVIEW = "under-review"
    NOT_APPROVED = "not-approved"
    WITHDRAWN = "withdrawn"
    DRAFT = "draft"
    NONE = "none"


WORDS = {
    LabelStatus.IN_FORCE: _("In force"),
    LabelStatus.REVIEW_DUE: _("In force, review due"),
    LabelStatus.REVIEW_OVERDUE: _("In force, review overdue"),
    LabelStatus.BEGINS: _("Not yet in force"),
    LabelStatus.UNDER_REVIEW: _("Under review"),
    LabelStatus.NOT_APPROVED: _("Not approved"),
    LabelStatus.WITHDRAWN: _("Withdrawn"),
    LabelStatus.DRAFT: _("Draft only"),
    LabelStatus.NONE: _("No label"),
}
ALLOWING = frozenset({LabelStatus.IN_FORCE, LabelStatus.REVIEW_DUE, LabelStatus.REVIEW_OVERDUE})
OTHERWISE = {
    Status.UNDER_REVIEW.value: LabelStatus.UNDER_REVIEW,
    Status.NOT_APPROVED.value: LabelStatus.NOT_APPROVED,
}


class Facts(NamedTuple):
    """What the reports know of a label: `product` and `region` by their keys, `language` by its code."""

    pk: int
    product: int
    region: int
    language: str
    status: str
    live: bool
    effective_from: date | None = None
    review_by: date | None = None
    withdrawn_on: date | None = None
    published_at: datetime | None = None
    registration_number: str = ""

    @property
    def was_approved(self) -> bool:
        """Say whether the label is published and has been approved at some time."""
        return self.live and self.status in ONCE_APPROVED

    def is_in_force(self, on: date) -> bool:
        """Say whether the label is published and effective on `on`, which a withdrawal on that day ends."""
        has_begun = self.effective_from is not None and self.effective_from <= on
        has_ended = self.withdrawn_on is not None and self.withdrawn_on <= on
        return self.was_approved and has_begun and not has_ended

    def begins_after(self, on: date) -> bool:
        """Say whether the label is published and takes effect after `on`."""
        if not (self.was_approved and self.effective_from and self.effective_from > on):
            return False
        return self.withdrawn_on is None or self.withdrawn_on > self.effective_from


def standing(label: Facts | None, on: date, notice: timedelta) -> LabelStatus:
    """Return how a product stands on `on` by its `label`; a review is due `notice` before its day ends."""
    if label is None:
        return LabelStatus.NONE
    if not label.live:
        return LabelStatus.DRAFT
    if label.is_in_force(on):
        return _in_force(label.review_by, on, notice)
    if label.begins_after(on):
        return LabelStatus.BEGINS
    return OTHERWISE.get(label.status, LabelStatus.WITHDRAWN)


def _in_force(review_by: date | None, on: date, notice: timedelta) -> LabelStatus:
    if review_by is None or review_by > on + notice:
        return LabelStatus.IN_FORCE
    return LabelStatus.REVIEW_OVERDUE if review_by < on else LabelStatus.REVIEW_DUE


def speaking(labels: Iterable[Facts], on: date) -> Facts | None:
    """Return the one of `labels` that says how the product stands on `on`, None where there is none.

    One in force, of several (in other languages) the one to be reviewed first; else the next to
    begin; else the latest published one; else the latest draft.
    """
    return min(labels, key=lambda label: _rank(label, on), default=None)


def _rank(label: Facts, on: date) -> tuple[int, date, int]:
    if label.is_in_force(on):
        return 0, label.review_by or date.max, label.pk
    if label.begins_after(on):
        return 1, label.effective_from or date.max, label.pk
    return (2 if label.live else 3), date.max, -label.pk

"""How a product stands in a region on a day, as the label says that speaks for it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from therapies.models.in_force import Force, Status, force_of, is_in_force
from therapies.models.label_text import LanguageDecision


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
UNAPPROVED = {
    Status.UNDER_REVIEW.value: LabelStatus.UNDER_REVIEW,
    Status.NOT_APPROVED.value: LabelStatus.NOT_APPROVED,
}
OTHERWISE = {
    Force.DRAFT: LabelStatus.DRAFT,
    Force.BEGINS: LabelStatus.BEGINS,
    Force.ENDED: LabelStatus.WITHDRAWN,
    Force.NEVER: LabelStatus.WITHDRAWN,
}


class Facts(NamedTuple):
    """What the reports know of a label's text: `product` and `region` by their keys, `language` by its code.

    A label without any text has one in no language.
    """

    pk: int
    product: int
    region: int
    language: str | None
    status: str
    live: bool
    effective_from: date | None = None
    review_by: date | None = None
    withdrawn_on: date | None = None
    published_at: datetime | None = None
    registration_number: str = ""
    decision: str | None = ""
    is_behind: bool | None = False

    @property
    def is_needed(self) -> bool:
        """Say whether there is to be a text in this language."""
        return self.decision != LanguageDecision.NOT_NEEDED

    def is_in_force(self, on: date) -> bool:
        """Say whether the label is in force on `on`."""
        return is_in_force(self, on)


def standing(label: Facts | None, on: date, notice: timedelta) -> LabelStatus:
    """Return how a product stands on `on` by its `label`; a review is due `notice` before its day ends."""
    if label is None:
        return LabelStatus.NONE
    force = force_of(label, on)
    if force is Force.IN_FORCE:
        return _in_force(label.review_by, on, notice)
    if force is Force.NOT_APPROVED:
        return UNAPPROVED[label.status]
    return OTHERWISE[force]


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
    force = force_of(label, on)
    if force is Force.IN_FORCE:
        return 0, label.review_by or date.max, label.pk
    if force is Force.BEGINS:
        return 1, label.effective_from or date.max, label.pk
    return (2 if label.live else 3), date.max, -label.pk

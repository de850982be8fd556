"""Whose hand a publication shows: who wrote it, published it and approved it, and with which code."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from wagtail.log_actions import get_active_log_context
from wagtail.models import Revision, TaskState

from therapies.editing.edits import latest_edit

DAYS = ("prepared_on", "review_by")


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """What an approval says: its code, when the material was prepared, until when it is to be reviewed."""

    code: str
    prepared_on: date | None = None
    review_by: date | None = None
    approved_by: str = ""

    @classmethod
    def read(cls, facts: dict[str, Any]) -> "ApprovalFacts | None":
        """Return the approval as the record keeps it, days in ISO 8601; None where there was none."""
        if not facts:
            return None
        days = {name: date.fromisoformat(day) for name in DAYS if (day := facts.get(name))}
        return cls(facts["code"], approved_by=facts.get("approved_by", ""), **days)


def approval_of(revision: Revision | None) -> ApprovalFacts | None:
    """Return the approval that `revision` has, None where it has none; it is the review that keeps them."""
    approval = getattr(revision, "approval", None)
    if approval is None:
        return None
    person = lasting_name(approval.approved_by) if approval.approved_by else ""
    return ApprovalFacts(approval.code, approval.prepared_on, approval.review_by, person)


def approved_by(revision: Revision | None) -> str:
    """Name those who approved `revision` in its review, blank where there was none."""
    return ", ".join(dict.fromkeys(map(lasting_name, _reviewers(revision)))) if revision else ""


def written_by(revision: Revision | None) -> str:
    """Name who last changed what `revision` says, blank where a program did."""
    edit = latest_edit(revision) if revision else None
    return lasting_name(edit.user) if edit and edit.user else ""


def acting() -> str:
    """Name whoever acts now, blank where a program does."""
    user = get_active_log_context().user
    return lasting_name(user) if user else ""


def lasting_name(person: Any) -> str:
    """Return a name that still says who it was when the person's sign-in is gone."""
    full_name, username = person.get_full_name(), person.get_username()
    return f"{full_name} ({username})" if full_name else str(username)


def _reviewers(revision: Revision) -> Iterator[AbstractBaseUser]:
    states = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    for state in states.exclude(finished_by=None).order_by("finished_at").select_related("finished_by"):
        yield state.finished_by

"""Whose hand a publication shows: who wrote it, published it and approved it, and with which code."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from wagtail.log_actions import get_active_log_context
from wagtail.models import Revision, TaskState


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """What an approval says: its code, when the material was prepared, until when it is to be reviewed."""

    code: str
    prepared_on: date | None = None
    review_by: date | None = None
    approved_by: str = ""


def approval_of(revision: Revision | None) -> ApprovalFacts | None:
    """Return the approval that `revision` has, None where none was asked for."""
    return None  # TODO: the review task keeps approvals; read them here.


def approved_by(revision: Revision | None) -> str:
    """Name those who approved `revision` in its review, blank where there was none."""
    return ", ".join(dict.fromkeys(map(lasting_name, _reviewers(revision)))) if revision else ""


def written_by(revision: Revision | None) -> str:
    """Name who wrote `revision`, blank where a program did."""
    return lasting_name(revision.user) if revision and revision.user else ""


def acting() -> str:
    """Name whoever acts now, blank where a program does."""
    user = get_active_log_context().user
    return lasting_name(user) if user else ""


def lasting_name(person: AbstractBaseUser | Any) -> str:
    """Return a name that still says who it was when the person's sign-in is gone."""
    full_name, username = person.get_full_name(), person.get_username()
    return f"{full_name} ({username})" if full_name else str(username)


def _reviewers(revision: Revision) -> Iterator[AbstractBaseUser]:
    states = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    for state in states.exclude(finished_by=None).order_by("finished_at").select_related("finished_by"):
        yield state.finished_by

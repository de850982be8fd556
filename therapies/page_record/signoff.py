"""What the record says of a revision's approval and author; people are named by `region_gate.signoff`."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wagtail.models import Revision

from region_gate.signoff import lasting_name, publisher, reviewers, reviewing, roles_of
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
    people = approved_by(revision) or lasting_name(approval.approved_by)
    return ApprovalFacts(approval.code, approval.prepared_on, approval.review_by, people)


def approved_by(revision: Revision | None) -> str:
    """Return the names of those who approved `revision` in its review, blank where there was none."""
    return ", ".join(reviewers(revision)) if revision else ""


def written_by(revision: Revision | None) -> str:
    """Return the name of who last changed what `revision` says, blank where a program did."""
    edit = latest_edit(revision) if revision else None
    return lasting_name(edit.user if edit else None)


def published_by(revision: Revision | None) -> str:
    """Return the name of who published `revision` or scheduled it, blank where a program did by itself."""
    return lasting_name(publisher(revision))


def roles(revision: Revision | None) -> dict[str, list[str]]:
    """Return the roles that all have now who wrote, approved and published `revision`, by their names."""
    edit = latest_edit(revision) if revision else None
    approval = getattr(revision, "approval", None)
    people = [
        edit.user if edit else None,
        *(reviewing(revision) if revision else ()),
        approval.approved_by if approval else None,
        publisher(revision),
    ]
    return {lasting_name(person): roles_of(person) for person in people if person}

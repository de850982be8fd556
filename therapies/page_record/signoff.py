"""What the record says of a revision's approval and author; people are named by `region_gate.signoff`."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wagtail.models import Revision

from region_gate.signoff import lasting_name, publisher, reviewing, roles_of
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


def approval_of(revision: Revision | None, people: str) -> ApprovalFacts | None:
    """Return the approval that `revision` has from `people`; None where it has none.

    It is the review that keeps approvals.
    """
    approval = getattr(revision, "approval", None)
    return approval and ApprovalFacts(approval.code, approval.prepared_on, approval.review_by, people)


def signed(revision: Revision | None) -> dict[str, Any]:
    """Return what an entry says of who wrote, approved and published `revision`, by the entry's fields.

    Their names, blank where it was a program, and by those the roles that all of them have now.
    """
    edit = latest_edit(revision) if revision else None
    author = edit.user if edit else None
    approving = reviewing(revision) if revision else []
    approval = getattr(revision, "approval", None)
    coded = approval.approved_by if approval else None
    published = publisher(revision)
    people = [author, *approving, coded, published]
    return {
        "written_by": lasting_name(author),
        "approved_by": ", ".join(map(lasting_name, approving)) or lasting_name(coded),
        "published_by": lasting_name(published),
        "roles": {lasting_name(person): roles_of(person) for person in people if person},
    }

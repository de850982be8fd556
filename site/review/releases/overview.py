"""How each part of a release stands, in words, for its screen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import TaskState

from home.models import Region

from ..release_models import Release, ReleaseItem
from .checking import Checking
from .facts import PartFacts, facts_of
from .parts import kind_of


@dataclass(frozen=True)
class PartRow:
    """A part as the screen shows it; `review` is the step in which it waits."""

    item: ReleaseItem
    kind: str
    address: str
    region: Region | None
    approvals: list[TaskState] = field(default_factory=list)
    code: str = ""
    review: TaskState | None = None
    faults: list[str] = field(default_factory=list)


def rows_of(release: Release, user: Any) -> Iterator[PartRow]:
    """Give a row for each part, in the order in which they were added."""
    finder, checking = AdminURLFinder(user), Checking(release)
    for part in facts_of(release.items.select_related("revision", "content_type")):
        faults = checking.faults(part) if release.is_open else []
        yield _row(part, finder, faults, release.is_open)


def _row(part: PartFacts, finder: AdminURLFinder, faults: list[str], is_open: bool) -> PartRow:
    return PartRow(
        part.item,
        kind_of(part.thing) if part.thing else part.item.content_type.name,
        (finder.get_edit_url(part.thing) or "") if part.thing else "",
        part.region,
        part.approvers,
        part.approval.code if part.approval else "",
        part.review.current_task_state if part.review and is_open else None,
        faults,
    )

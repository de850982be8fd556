"""How each part of a release stands, in words, for its screen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import TaskState

from home.models import Region

from ..models import Approval, region_of
from ..release_models import Release, ReleaseItem
from .checking import faults_of_item
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
    finder = AdminURLFinder(user)
    for item in release.items.select_related("release", "revision", "content_type"):
        thing = item.thing
        kind = kind_of(thing) if thing else item.content_type.name
        address = (finder.get_edit_url(thing) or "") if thing else ""
        yield PartRow(
            item,
            kind,
            address,
            region_of(thing) if thing else None,
            _approvals(item),
            _code(item),
            thing.current_workflow_task_state if thing and release.is_open else None,
            faults_of_item(item) if release.is_open else [],
        )


def _approvals(item: ReleaseItem) -> list[TaskState]:
    done = TaskState.objects.filter(revision=item.revision_id, status=TaskState.STATUS_APPROVED)
    decided = done.exclude(finished_by=None).select_related("finished_by")
    return [*decided.order_by("finished_at")] if item.revision_id else []


def _code(item: ReleaseItem) -> str:
    approval = Approval.objects.filter(revision=item.revision_id).first() if item.revision_id else None
    return approval.code if approval else ""

"""How each part of a release stands, in words, for its screen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, TaskState

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


def _address(thing: Any, finder: AdminURLFinder) -> str:
    """Return where the person edits `thing`; of a page that they may not edit, its place in the tree."""
    if address := finder.get_edit_url(thing):
        return str(address)
    return reverse("wagtailadmin_explore", args=[thing.pk]) if isinstance(thing, Page) else ""


def _row(part: PartFacts, finder: AdminURLFinder, faults: list[str], is_open: bool) -> PartRow:
    return PartRow(
        part.item,
        kind_of(part.thing) if part.thing else part.item.content_type.name,
        _address(part.thing, finder) if part.thing else "",
        part.region,
        part.approvers,
        part.approval.code if part.approval else "",
        part.review.current_task_state if part.review and is_open else None,
        faults,
    )

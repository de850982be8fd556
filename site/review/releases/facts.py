"""The facts about the parts of a release that its checks rest on, read for all parts at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.dateparse import parse_datetime
from wagtail.models import Page, Revision, TaskState, WorkflowState

from home.models import Region, RegionHomePage
from home.ownership import owner_at

from .. import four_eyes
from ..models import Approval
from ..regions import region_of
from ..release_models import ReleaseItem

Key = tuple[int, str]  # of a page or snippet: its kind's key, and its own


@dataclass
class PartFacts:
    """A part as it stands now; `approvers` are the steps in which its revision was approved."""

    item: ReleaseItem
    thing: Any
    region: Region | None = None
    is_approved: bool = False
    review: WorkflowState | None = None
    approval: Approval | None = None
    approvers: list[TaskState] = field(default_factory=list)
    is_scheduled: bool = False

    @property
    def revision(self) -> Revision:
        """Return the revision that goes live. Raises LookupError where it is gone."""
        if self.item.revision is None:
            raise LookupError(self.item)
        return self.item.revision

    @cached_property
    def regions(self) -> list[Region]:
        """Return the regions that it belongs to, as it is stored and as it would be."""
        would_be = None if isinstance(self.thing, Page) else region_of(self.revision.as_object())
        return [region for region in (self.region, would_be) if region is not None]

    def moment(self, name: str) -> datetime | None:
        """Return a moment that its revision names, None where it names none."""
        written = self.revision.content.get(name)
        return parse_datetime(written) if isinstance(written, str) else written


def facts_of(items: Iterable[ReleaseItem]) -> list[PartFacts]:
    """Return the facts about `items`, in their order; the number of queries is flat."""
    wanted = [*items]
    revisions = [item.revision_id for item in wanted if item.revision_id]
    things, approvers = _things(wanted), _approvers(revisions)
    approved = {*four_eyes.approved(Revision.objects.filter(pk__in=revisions)).values_list("pk", flat=True)}
    approvals = {one.revision_id: one for one in Approval.objects.filter(revision__in=revisions)}
    reviews, scheduled, homes = _reviews(wanted), _scheduled(), RegionHomePage.objects.by_path()
    return [
        PartFacts(
            item,
            thing,
            _region(thing, homes),
            item.revision_id in approved,
            reviews.get(_key(item)),
            approvals.get(item.revision_id),
            approvers[item.revision_id],
            _key(item) in scheduled,
        )
        for item in wanted
        for thing in [things.get(_key(item))]
    ]


def _key(item: ReleaseItem) -> Key:
    return item.content_type_id, item.object_id


def _things(items: list[ReleaseItem]) -> dict[Key, Any]:
    numbers: dict[Any, list[str]] = defaultdict(list)
    for item in items:
        numbers[item.content_type].append(item.object_id)
    found: dict[Key, Any] = {}
    for kind, keys in numbers.items():
        model: Any = kind.model_class()
        stored = model._base_manager.filter(pk__in=keys)
        for thing in Page.objects.filter(pk__in=keys).specific() if model is Page else stored:
            found[kind.pk, str(thing.pk)] = thing
    return found


def _approvers(revisions: list[int]) -> defaultdict[int | None, list[TaskState]]:
    found: defaultdict[int | None, list[TaskState]] = defaultdict(list)
    done = TaskState.objects.filter(revision__in=revisions, status=TaskState.STATUS_APPROVED)
    decided = done.exclude(finished_by=None).select_related("finished_by", "task")
    for state in decided.order_by("finished_at"):
        found[state.revision_id].append(state)
    return found


def _reviews(items: list[ReleaseItem]) -> dict[Key, WorkflowState]:
    active = WorkflowState.objects.active().filter(object_id__in=[item.object_id for item in items])
    return {
        (review.base_content_type_id, review.object_id): review
        for review in active.select_related("current_task_state")
    }


def _scheduled() -> set[Key]:
    planned = Revision.objects.filter(approved_go_live_at__isnull=False)
    return {*planned.values_list("base_content_type", "object_id")}


def _region(thing: Any, homes: dict[str, RegionHomePage]) -> Region | None:
    if thing is None:
        return None
    if isinstance(thing, Page):
        home = owner_at(thing.path, homes)
        return home.region if home else None
    return region_of(thing)

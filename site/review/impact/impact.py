"""What a pending change will mean for visitors: pages, regions and languages in groups, with reasons."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import cached_property

from region_gate.models import Notice, Policy
from therapies.models import Label, Product, Statement

from . import labels, notices, policies, products, statements
from .change import PendingChange
from .groups import ImpactGroup, ImpactRow

MAX_SHOWN = 50  # rows of a group beside the decision; all of them stand on a page of their own
Find = Callable[[PendingChange], Iterable[ImpactGroup]]
SOURCES: dict[type, Find] = {
    Label: labels.groups,
    Product: products.groups,
    Statement: statements.groups,
    Notice: notices.groups,
    Policy: policies.groups,
}


@dataclass(frozen=True)
class Impact:
    """All that a change will mean."""

    change: PendingChange

    @cached_property
    def groups(self) -> list[ImpactGroup]:
        """Return the groups, those without rows for what their headings say."""
        return [*SOURCES[type(self.change.thing)](self.change)]

    @property
    def rows(self) -> list[tuple[ImpactGroup, ImpactRow]]:
        """Return all rows, each with its group."""
        return [(group, row) for group in self.groups for row in group.rows]

    @property
    def first(self) -> ImpactRow | None:
        """Return the first row that can be looked at as it will be."""
        return next((row for _group, row in self.rows if row.preview), None)

    @property
    def is_long(self) -> bool:
        """Say whether there is more than is shown beside the decision."""
        return any(len(group.rows) > MAX_SHOWN for group in self.groups)


def is_told_of(thing: Any) -> bool:
    """Say whether a change of `thing` means something for other pages than its own."""
    return type(thing) in SOURCES


def query_of(row: ImpactRow) -> str:
    """Return what asks for the preview of `row`."""
    return urlencode(row.preview)

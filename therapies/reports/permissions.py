"""Whose rows a person sees in the reports: legal all regions', editors their own."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from home.access import EDITORS, LEGAL
from home.models import Region
from therapies.formatting import address
from therapies.models import Label


class Reach(NamedTuple):
    """What a person may read, and what is theirs to act on.

    `seen` are the regions whose rows they may read, `own` those they work for, `legal` the keys of
    those whose legal team they belong to, `written` of those whose pages they may change. `is_whole`
    says that what belongs to no region is theirs, too.
    """

    seen: list[Region]
    own: list[Region]
    legal: frozenset[int]
    written: frozenset[int]
    is_whole: bool = False

    def label_address(self, pk: int, region: int) -> str:
        """Return where the label is mended, or where it is read by those who may not."""
        act = "edit" if region in self.legal else "inspect"
        return address(Label.snippet_viewset.get_url_name(act), pk)

    def page_address(self, pk: int, region: int | None) -> str:
        """Return where the page is mended, or its place in the tree for those who may not."""
        is_theirs = self.is_whole if region is None else region in self.written
        return address("wagtailadmin_pages:edit" if is_theirs else "wagtailadmin_explore", pk)


def reach_of(user: Any) -> Reach:
    """Return what `user` may read in the reports, and act on."""
    regions = [*Region.objects.all()]
    if user.is_superuser:
        everywhere = frozenset(region.pk for region in regions)
        return Reach(regions, regions, everywhere, everywhere, is_whole=True)
    groups = frozenset(user.groups.values_list("name", flat=True))
    legal, written = _with(groups, LEGAL, regions), _with(groups, EDITORS, regions)
    own = [region for region in regions if region.pk in legal | written]
    return Reach(regions if legal else own, own, legal, written)


def _with(groups: frozenset[str], role: str, regions: Iterable[Region]) -> frozenset[int]:
    return frozenset(region.pk for region in regions if f"{region.code}{role}" in groups)


def may_read(user: Any) -> bool:
    """Say whether the reports are open to `user`: whoever may see labels."""
    return bool(user.has_perm("therapies.view_label"))

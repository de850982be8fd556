"""Who may do what in a region: its groups and its collection.

Editors write and submit; legal reviews, and the approval publishes. No group may publish by
itself, so nothing goes live around the review.
"""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django.dispatch import Signal
from wagtail.models import Collection, Page
from wagtail.permissions import page_permission_policy

from region_gate.models import Edition

from .models import Region, RegionHomePage
from .models.region import RegionQuerySet
from .ownership import owner_at
from .permissions import GroupPermissions, hold_everywhere, hold_in_collections, hold_on_pages

# Sent with `region`, and with `editors` and `legal`, its groups. Receivers answer with the `Rights`
# that the groups have in their app; what nobody answers with, the groups do not have.
region_opened = Signal()

ANY_RIGHT = {"add", "change", "publish", "lock", "unlock"}
EDITORS, LEGAL = " editors", " legal"
RIGHTS = GroupPermissions(
    editors=(
        "wagtailadmin.access_admin",
        "simple_translation.submit_translation",
        *(
            f"home.{act}_{kind}"
            for kind in ("synonymgroup", "wholename")
            for act in ("view", "add", "change", "delete")
        ),
    ),
    legal=("wagtailadmin.access_admin",),
)
PAGE_RIGHTS = GroupPermissions(
    editors=("wagtailcore.add_page", "wagtailcore.change_page"),
    legal=("wagtailcore.lock_page", "wagtailcore.unlock_page"),
)
COLLECTION_RIGHTS = GroupPermissions(
    editors=tuple(
        f"{app}.{act}_{kind}"
        for app, kind in (("wagtailimages", "image"), ("wagtaildocs", "document"))
        for act in ("add", "change", "choose")
    )
)


def editors_of(region: Region) -> Group:
    """Return the region's editors, making the group if need be."""
    return Group.objects.get_or_create(name=editors_name(region.code))[0]


def legal_of(region: Region) -> Group:
    """Return the region's legal team, making the group if need be."""
    return Group.objects.get_or_create(name=legal_name(region.code))[0]


def regions_of(user: Any, *roles: str) -> RegionQuerySet:
    """Return the regions in which `user` belongs to a team of these `roles`; an administrator does in all."""
    if user.is_superuser:
        return Region.objects.all()
    teams = (user.groups.filter(name=Concat(OuterRef("code"), Value(role))) for role in roles)
    return Region.objects.filter(reduce(or_, map(Exists, teams)))


def regions_of_legal(user: Any) -> RegionQuerySet:
    """Return the regions whose legal team `user` belongs to; an administrator belongs to all."""
    return regions_of(user, LEGAL)


def is_in_a_team(user: Any, *roles: str) -> bool:
    """Say for menus whether `user` belongs to a team of these `roles` in any region, or is an administrator.

    Asked for once for each request, whose user it is; what somebody may do is asked for anew.
    """
    return bool(user.is_superuser) or any(name.endswith(roles) for name in _names_of_groups(user))


class HomePlace(NamedTuple):
    """A region's home page, as far as menus and lists ask."""

    pk: int
    code: str
    region: str
    language: str


def is_in_team_at(path: str, user: Any, role: str) -> bool:
    """Say for menus whether `user` is in the team of `role` of the region that the page at `path` is in.

    An administrator is in every region's. Asked for once for each request, as is `is_in_a_team`.
    """
    home = owner_at(path, _homes(user))
    return home is not None and (user.is_superuser or f"{home.code}{role}" in _names_of_groups(user))


def own_homes(user: Any) -> list[HomePlace]:
    """Return for menus the home pages of the regions that `user` works for, in the regions' order."""
    names = _names_of_groups(user)
    teams = {name.removesuffix(role) for name in names for role in (EDITORS, LEGAL) if name.endswith(role)}
    return [home for home in _homes(user).values() if user.is_superuser or home.code in teams]


def homes_beside(path: str, user: Any) -> list[str]:
    """Return for menus the places of the home pages of the region that the page at `path` is in."""
    homes = _homes(user)
    own = owner_at(path, homes)
    return [place for place, home in homes.items() if own and home.code == own.code]


def _names_of_groups(user: Any) -> list[str]:
    if not hasattr(user, "names_of_groups"):
        user.names_of_groups = [*user.groups.values_list("name", flat=True)]
    return user.names_of_groups


def _homes(user: Any) -> dict[str, HomePlace]:
    """Return the regions' home pages by their places in the tree."""
    if not hasattr(user, "homes_of_regions"):
        rows = RegionHomePage.objects.order_by("region__order", "region__code", "locale_id")
        fields = ("path", "pk", "region__code", "region__name", "locale__language_code")
        user.homes_of_regions = {path: HomePlace(*home) for path, *home in rows.values_list(*fields)}
    return user.homes_of_regions


def is_legal_in(region: Region, user: Any) -> bool:
    """Say whether `user` belongs to the legal team of `region`, or is an administrator."""
    return regions_of_legal(user).filter(pk=region.pk).exists()


def pages_of(user: Any) -> QuerySet[Page]:
    """Return the pages that `user` has anything to do with: writing, reviewing or publishing them."""
    return page_permission_policy.instances_user_has_any_permission_for(user, ANY_RIGHT)


@transaction.atomic
def open_region(region: Region) -> None:
    """Give `region` its groups with exactly their rights, and its collection; safe to run again."""
    Edition.lock()
    editors, legal = editors_of(region), legal_of(region)
    homes = list(RegionHomePage.objects.filter(region=region))
    everywhere = [RIGHTS, *_rights_elsewhere(region, editors, legal)]
    for group, role in ((editors, "editors"), (legal, "legal")):
        hold_everywhere(group, {name for rights in everywhere for name in getattr(rights, role)})
        hold_on_pages(group, homes, getattr(PAGE_RIGHTS, role))
        hold_in_collections(group, [collection_of(region)], getattr(COLLECTION_RIGHTS, role))


def _rights_elsewhere(region: Region, editors: Group, legal: Group) -> Iterator[GroupPermissions]:
    """Yield the permissions that other apps grant the region's groups."""
    for hear, rights in region_opened.send(Region, region=region, editors=editors, legal=legal):
        if not isinstance(rights, GroupPermissions):
            raise TypeError(f"{hear} must answer with Rights, not {rights!r}.")
        yield rights


def collection_of(region: Region) -> Collection:
    """Return the collection of the region's images and documents, making it if need be."""
    if region.collection is None:
        region.collection = Collection.get_first_root_node().add_child(name=region.name)
        region.save(update_fields=["collection"])
    return region.collection


def editors_name(code: str) -> str:
    """Return the name of the editors of the region with `code`."""
    return f"{code}{EDITORS}"


def legal_name(code: str) -> str:
    """Return the name of the legal team of the region with `code`."""
    return f"{code}{LEGAL}"

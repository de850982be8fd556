"""Who may do what in a region: its groups and its collection.

Editors write and submit; legal reviews, and the approval publishes. No group may publish by
itself, so nothing goes live around the review.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import Signal
from wagtail.models import Collection, Page
from wagtail.permissions import page_permission_policy

from region_gate.models import Edition

from .models import Region, RegionHomePage
from .models.region import RegionQuerySet
from .permissions import GroupPermissions, hold_everywhere, hold_in_collections, hold_on_pages

# Sent with `region`, and with `editors` and `legal`, its groups. Receivers answer with the `Rights`
# that the groups have in their app; what nobody answers with, the groups do not have.
region_opened = Signal()

ANY_RIGHT = {"add", "change", "publish", "lock", "unlock"}
EDITORS, LEGAL = " editors", " legal"
RIGHTS = GroupPermissions(
    editors=("wagtailadmin.access_admin", "simple_translation.submit_translation"),
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


def regions_of_legal(user: Any) -> RegionQuerySet:
    """Return the regions whose legal team `user` belongs to; an administrator belongs to all."""
    if user.is_superuser:
        return Region.objects.all()
    teams = user.groups.filter(name__endswith=LEGAL).values_list("name", flat=True)
    return Region.objects.filter(code__in=[name.removesuffix(LEGAL) for name in teams])


def is_in_a_team(user: Any, *roles: str) -> bool:
    """Say for menus whether `user` belongs to a team of these `roles` in any region, or is an administrator.

    Asked for once for each request, whose user it is; what somebody may do is asked for anew.
    """
    if user.is_superuser:
        return True
    if not hasattr(user, "names_of_groups"):
        user.names_of_groups = [*user.groups.values_list("name", flat=True)]
    return any(name.endswith(roles) for name in user.names_of_groups)


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

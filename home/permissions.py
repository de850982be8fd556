"""Group permissions, set to exactly the given ones: missing ones are added, others removed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from wagtail.models import GroupCollectionPermission, GroupPagePermission, GroupSitePermission


@dataclass(frozen=True, slots=True)
class GroupPermissions:
    """The permissions of a region's groups that hold everywhere, each by its name, `app.codename`."""

    editors: tuple[str, ...] = ()
    legal: tuple[str, ...] = ()


def hold_everywhere(group: Group, names: Iterable[str]) -> None:
    """Set the permissions of `group` to exactly `names`. Raises LookupError for an unknown one."""
    due = permissions(names)
    if set(due) != set(group.permissions.all()):
        group.permissions.set(due)
    # On a site's settings nobody has a right but administrators.
    GroupSitePermission.objects.filter(group=group).delete()


def hold_on_pages(group: Group, pages: Iterable[Model], names: Iterable[str]) -> None:
    """Set the page permissions of `group` to exactly `names`, on exactly `pages`."""
    _hold_in_places(GroupPagePermission, "page_id", group, pages, names)


def hold_in_collections(group: Group, collections: Iterable[Model], names: Iterable[str]) -> None:
    """Set the collection permissions of `group` to exactly `names`, in exactly `collections`."""
    _hold_in_places(GroupCollectionPermission, "collection_id", group, collections, names)


def _hold_in_places(
    right: type[Model], place: str, group: Group, places: Iterable[Model], names: Iterable[str]
) -> None:
    records = right._default_manager.filter(group=group)
    held = {(where, what): pk for pk, where, what in records.values_list("pk", place, "permission_id")}
    due = {(found.pk, permission.pk) for permission in permissions(names) for found in places}
    records.filter(pk__in=[held[key] for key in held.keys() - due]).delete()
    for where, what in sorted(due - held.keys()):
        right._default_manager.create(group=group, permission_id=what, **{place: where})


def permissions(names: Iterable[str]) -> list[Permission]:
    """Return the permissions called `names`, each `app.codename`. Raises LookupError for an unknown one."""
    wanted = set(names)
    codenames = {name.partition(".")[2] for name in wanted}
    candidates = Permission.objects.filter(codename__in=codenames).select_related("content_type")
    found = {f"{p.content_type.app_label}.{p.codename}": p for p in candidates}
    if unknown := wanted - found.keys():
        raise LookupError(f"There is no permission called {', '.join(sorted(unknown))}.")
    return [found[name] for name in sorted(wanted)]

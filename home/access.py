"""Who may do what in a region: its groups, its collection and its workflow.

Editors write and submit; legal reviews, and the approval publishes. No group may publish by
itself, so nothing goes live around the review.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.dispatch import Signal
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from .models import Region, RegionHomePage
from .models.region import RegionQuerySet

# Sent with `editors` and `legal`, the region's groups: other apps give them their rights there.
region_opened = Signal()

LEGAL = " legal"
EDITOR_PAGE_PERMISSIONS = ["add_page", "change_page"]
EDITOR_COLLECTION_PERMISSIONS = [
    f"{act}_{kind}" for act in ("add", "change", "choose") for kind in ("image", "document")
]
LEGAL_PAGE_PERMISSIONS = ["lock_page", "unlock_page"]


def editors_of(region: Region) -> Group:
    """Return the region's editors, making the group if need be."""
    return Group.objects.get_or_create(name=f"{region.code} editors")[0]


def legal_of(region: Region) -> Group:
    """Return the region's legal team, making the group if need be."""
    return Group.objects.get_or_create(name=f"{region.code}{LEGAL}")[0]


def regions_of_legal(user: Any) -> RegionQuerySet:
    """Return the regions whose legal team `user` belongs to; an administrator belongs to all."""
    if user.is_superuser:
        return Region.objects.all()
    teams = user.groups.filter(name__endswith=LEGAL).values_list("name", flat=True)
    return Region.objects.filter(code__in=[name.removesuffix(LEGAL) for name in teams])


def is_legal_in(region: Region, user: Any) -> bool:
    """Say whether `user` belongs to the legal team of `region`, or is an administrator."""
    return regions_of_legal(user).filter(pk=region.pk).exists()


def open_region(region: Region) -> None:
    """Give `region` its groups, collection and workflow; safe to run again."""
    editors, legal = editors_of(region), legal_of(region)
    grant(editors, "wagtailadmin.access_admin", "simple_translation.submit_translation")
    grant(legal, "wagtailadmin.access_admin")
    _grant_in_collection(editors, collection_of(region))
    workflow = _workflow_of(region, legal)
    for home in RegionHomePage.objects.filter(region=region):
        _grant_in_pages(editors, home, EDITOR_PAGE_PERMISSIONS)
        _grant_in_pages(legal, home, LEGAL_PAGE_PERMISSIONS)
        WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})
    region_opened.send(Region, editors=editors, legal=legal)


def collection_of(region: Region) -> Collection:
    """Return the collection of the region's images and documents, making it if need be."""
    if region.collection is None:
        region.collection = Collection.get_first_root_node().add_child(name=region.name)
        region.save(update_fields=["collection"])
    return region.collection


def grant(group: Group, *names: str) -> None:
    """Give `group` the permissions called `app.codename`. Raises DoesNotExist for an unknown one."""
    for name in names:
        app, codename = name.split(".")
        permission = Permission.objects.get(content_type__app_label=app, codename=codename)
        group.permissions.add(permission)


def _grant_in_pages(group: Group, home: RegionHomePage, codenames: list[str]) -> None:
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=codenames
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=home.page_ptr, permission=permission)


def _grant_in_collection(group: Group, collection: Collection) -> None:
    for permission in Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"],
        codename__in=EDITOR_COLLECTION_PERMISSIONS,
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def _workflow_of(region: Region, legal: Group) -> Workflow:
    name = f"{region.code} review"
    task, _ = GroupApprovalTask.objects.get_or_create(name=name)
    task.groups.add(legal)
    workflow, _ = Workflow.objects.get_or_create(name=name)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    return workflow

"""A list in words of all that a region has; two of them show what was added or removed."""

from collections.abc import Iterator

from django.contrib.auth.models import Group
from wagtail.models import (
    AbstractGroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    WorkflowPage,
)

from .access import editors_name, legal_name
from .models import Region, RegionHomePage, RegionSelectorPage
from .required_pages import REQUIRED

VALUES = (
    "name",
    "countries",
    "order",
    "organisation",
    "postal_address",
    "telephone",
    "email",
    "further_hosts",
)


def region_inventory(code: str) -> set[str]:
    """Return what exists of the region with `code`, of its groups and of its selector pages."""
    groups = Group.objects.filter(name__in=[editors_name(code), legal_name(code)])
    return {
        *_values(code),
        *_pages(code),
        *(line for group in groups for line in _rights(group)),
        *_reviews(code),
    }


def _values(code: str) -> Iterator[str]:
    for region in Region.objects.filter(code=code).select_related("collection"):
        yield f"region {code}"
        yield from (f"{name}: {value}" for name in VALUES if (value := getattr(region, name)))
        if region.collection:
            yield f"collection {region.collection}"


def _pages(code: str) -> Iterator[str]:
    for selector in RegionSelectorPage.objects.select_related("locale"):
        yield f"region selector in {selector.locale.language_code}"
    for home in RegionHomePage.objects.filter(region__code=code).select_related("locale"):
        language = home.locale.language_code
        yield f"home page in {language}: {home.draft_title}"
        for page in Page.objects.child_of(home).filter(slug__in=REQUIRED):
            yield f"page in {language}: {page.draft_title}"


def _rights(group: Group) -> Iterator[str]:
    """Yield the group and each of its permissions, with the page or collection where it holds."""
    yield f"group {group}"
    for app, codename in group.permissions.values_list("content_type__app_label", "codename"):
        yield f"{group} may {codename} ({app})"
    for right in GroupPagePermission.objects.filter(group=group).select_related("page", "permission"):
        yield f"{group} may {right.permission.codename} below {right.page.url_path}"
    rights = GroupCollectionPermission.objects.filter(group=group)
    for right in rights.select_related("collection", "permission"):
        yield f"{group} may {right.permission.codename} in the collection {right.collection}"


def _reviews(code: str) -> Iterator[str]:
    """Yield the reviews that the region's pages go through, and those that its groups decide in."""
    for use in WorkflowPage.objects.filter(page__regionhomepage__region__code=code):
        yield f"workflow {use.workflow} for {use.page.url_path}"
    for name in (editors_name(code), legal_name(code)):
        for task in Task.objects.order_by("name").specific():
            if isinstance(task, AbstractGroupApprovalTask) and task.groups.filter(name=name).exists():
                yield f"{name} decide in {task}"

"""Who reads these reports, and of which regions: legal of its own, administrators of all."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.query import PageQuerySet

from home.access import regions_of_legal
from home.models import RegionHomePage
from home.models.region import RegionQuerySet
from home.ownership import owned_by


def may_read(user: Any) -> bool:
    """Say whether `user` belongs to the legal team of a region, or is an administrator."""
    return bool(user.is_superuser) or regions_of_legal(user).exists()


def pages_in(regions: RegionQuerySet) -> Q:
    """Return what holds for the pages of `regions`."""
    return owned_by(RegionHomePage.objects.filter(region__in=regions).by_path())


class LegalReadingPolicy(PagePermissionPolicy):
    """Pages as legal reads of them: whatever is asked for, those of the person's own regions."""

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """Say whether the reports are open to `user`."""
        return may_read(user)

    def instances_user_has_permission_for(self, user: Any, action: str) -> PageQuerySet:
        """Return the pages of the person's regions."""
        return Page.objects.filter(pages_in(regions_of_legal(user)))

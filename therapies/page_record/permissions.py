"""Who may read which part of the record: a region's editors and legal team, and administrators."""

from typing import Any

from wagtail.permission_policies.base import BasePermissionPolicy

from home.access import LEGAL
from therapies.models import Publication
from therapies.models.publication_record import PublicationQuerySet

EDITORS = " editors"


def readable_by(user: Any) -> PublicationQuerySet:
    """Return what `user` may read of the record: their regions' entries; all of it for administrators.

    By the regions' codes, which outlast the regions. What stood outside all regions, such as the
    selector, is read by every legal team.
    """
    if user.is_superuser:
        return Publication.objects.all()
    names = [*user.groups.values_list("name", flat=True)]
    codes = {name.removesuffix(role) for role in (EDITORS, LEGAL) for name in names if name.endswith(role)}
    if any(name.endswith(LEGAL) for name in names):
        codes.add("")
    return Publication.objects.filter(region__in=codes)


class RecordPermissionPolicy(BasePermissionPolicy):
    """Reading, by whoever belongs to a region; nobody changes anything."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Say whether `user` may do `action` to any of the record."""
        if action != "view" or not user.is_active:
            return False
        return bool(user.is_superuser) or any(
            name.endswith((EDITORS, LEGAL)) for name in user.groups.values_list("name", flat=True)
        )

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Say whether `user` may do one of `actions`."""
        return any(self.user_has_permission(user, action) for action in actions)

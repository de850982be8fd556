"""The admin's forms of groups and people: a stale one would give back rights that were withdrawn."""

from typing import Any

from django.db import models
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import GroupCollectionPermission, GroupPagePermission
from wagtail.users.forms import GroupForm as WagtailGroupForm
from wagtail.users.forms import UserEditForm as WagtailUserEditForm
from wagtail.users.views.groups import GroupViewSet as WagtailGroupViewSet
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from .optimistic_locking import OptimisticLockingMixin

RIGHTS = {"page": GroupPagePermission, "collection": GroupCollectionPermission}


class GroupForm(OptimisticLockingMixin, WagtailGroupForm, WagtailAdminModelForm):
    """Wagtail's form, which refuses conflicting changes, of rights on pages and collections too."""

    def beside(self, thing: models.Model) -> dict[str, tuple[str, str]]:
        """Return the rights that the group has on pages and in collections."""
        return {
            f"rights_on_{place}": (
                str(model._meta.verbose_name_plural),
                ", ".join(_rights(thing, model, place)),
            )
            for place, model in RIGHTS.items()
        }


class UserEditForm(OptimisticLockingMixin, WagtailUserEditForm, WagtailAdminModelForm):
    """Wagtail's form, which refuses conflicting changes."""


class GroupViewSet(WagtailGroupViewSet):
    """Wagtail's views of groups, with our form."""

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        """Return the form of a group that is changed, or of a new one."""
        return GroupForm if for_update else WagtailGroupForm


class UserViewSet(WagtailUserViewSet):
    """Wagtail's views of people, with our form."""

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        """Return the form of a person who is changed, or of a new one."""
        return UserEditForm if for_update else super().get_form_class()


def _rights(group: models.Model, model: type[models.Model], place: str) -> list[str]:
    rows = model._base_manager.filter(group=group.pk).select_related("permission", place)
    return sorted(f"{row.permission.name} ({getattr(row, place)})" for row in rows)  # type: ignore[attr-defined]

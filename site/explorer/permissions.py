"""What a person may do with a page, in a list and in the editor: looked up once, and not asked of a leaf."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import PagePermissionTester


class ListedPermissions(PagePermissionTester):
    """Wagtail's, which would count the live pages below each page of a list, several times."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Say whether the page may be deleted; of a live one, and of a leaf, that is known."""
        is_writer = not self.user.is_superuser and "change" in self.permissions
        if is_writer and "publish" not in self.permissions and not self.page_is_root:
            if self.page.live:
                return False
            if self.page.is_leaf():
                return True
        return bool(super().can_delete(ignore_bulk))

    def can_submit_for_moderation(self) -> bool:
        """Say whether the page may be sent for review, by the workflow that it may remember."""
        is_free = not (self.page_locked() or self.page.workflow_in_progress)
        return is_free and self.page.get_workflow() is not None


def remember_permissions(pages: Iterable[Any], user: Any) -> None:
    """Have each of `pages` keep what `user` may do with it."""
    for page in pages:
        page.permissions_for_user = _known(ListedPermissions(user, page))


def _known(permissions: ListedPermissions) -> Any:
    return lambda user: permissions

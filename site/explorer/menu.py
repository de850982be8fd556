"""Where *Pages* opens: at the person's own region, where they have one."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import PageExplorerMenuItem
from wagtail.admin.wagtail_hooks import ExplorerMenuItem

from home.access import own_homes


class OwnPagesMenuItem(ExplorerMenuItem):
    """Wagtail's way to the pages, from where the person's own begin."""

    def render_component(self, request: HttpRequest) -> Any:
        """Open the tree there."""
        start = start_page(request.user)
        if start is None:
            return super().render_component(request)
        address = reverse("wagtailadmin_explore", args=[start])
        return PageExplorerMenuItem(
            self.name, self.label, address, start, icon_name=self.icon_name, classname=self.classname
        )


def start_page(user: Any) -> int | None:
    """Return the key of the home page of the one region that `user` works for; None with several, or none.

    Of its homes, the one in the active language, or the first.
    """
    homes = [] if user.is_superuser else own_homes(user)
    if len({home.code for home in homes}) != 1:
        return None
    spoken = [home for home in homes if home.language == get_language()]
    return next(home.pk for home in [*spoken, *homes])


def open_at_the_own_region(request: HttpRequest, items: list[MenuItem]) -> None:
    """Put our item in the place of Wagtail's."""
    items[:] = [_ours(item) if type(item) is ExplorerMenuItem else item for item in items]


def _ours(item: MenuItem) -> MenuItem:
    return OwnPagesMenuItem(item.label, item.url, name=item.name, icon_name=item.icon_name, order=item.order)

"""Where releases meet Wagtail: their addresses, the menu, the editors, the log."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem

from home.access import EDITORS, LEGAL, is_in_a_team

from ..release_models import ReleaseItem, base_type_of
from . import attention, history  # noqa: F401 - attention registers itself
from .adding_views import AddView, ChooseView
from .parts import PART_MODELS
from .views import ReleaseCreateView, ReleaseEditView, ReleaseListView, ReleaseView

hooks.register("register_log_actions", history.register)


@hooks.register("register_admin_urls")
def addresses_of_releases() -> list[URLPattern]:
    """Add the list, the form, one release, and the ways to add a part."""
    return [
        path("releases/", ReleaseListView.as_view(), name="releases"),
        path("releases/new/", ReleaseCreateView.as_view(), name="new_release"),
        path("releases/<int:pk>/", ReleaseView.as_view(), name="release"),
        path("releases/<int:pk>/edit/", ReleaseEditView.as_view(), name="edit_release"),
        path("releases/<int:pk>/parts/", ChooseView.as_view(), name="choose_release_parts"),
        path("releases/add/<int:kind>/<int:number>/", AddView.as_view(), name="add_to_release"),
    ]


class ReleasesMenuItem(MenuItem):
    """The way to the releases, for those who work for a region."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person has to do with releases."""
        return is_in_a_team(request.user, EDITORS, LEGAL)


@hooks.register("register_admin_menu_item")
def releases_in_the_menu() -> MenuItem:
    """Add the releases to the menu."""
    return ReleasesMenuItem(
        _("Releases"), reverse("releases"), name="releases", icon_name="calendar-check", order=260
    )


class AddToReleaseMenuItem(ActionMenuItem):
    """Leads from an editor to the releases to which the thing may be added, or to the one that holds it."""

    name = "action-add-to-release"
    icon_name = "calendar-check"

    def __init__(self, thing: Any) -> None:
        """Lead on with `thing`."""
        super().__init__()
        self.thing = thing
        self.held = ReleaseItem.objects.holding(thing)
        self.label = _("See its release") if self.held else _("Add to a release")

    def get_url(self, parent_context: Mapping[str, Any]) -> str:
        """Return the address."""
        if self.held:
            return self.held.release.get_absolute_url()
        return reverse("add_to_release", args=[base_type_of(self.thing).pk, self.thing.pk])


def offer_releases(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer in the editor of what can be a part to add it to a release, last of all."""
    thing = context.get("page") or context.get("instance")
    if isinstance(thing, PART_MODELS) and thing.pk and is_in_a_team(request.user, EDITORS, LEGAL):
        items.append(AddToReleaseMenuItem(thing))


for _menu in ("construct_page_action_menu", "construct_snippet_action_menu"):
    hooks.register(_menu, offer_releases)


@hooks.register("insert_global_admin_css")
def dress_the_releases() -> SafeString:
    """Add the style of the releases."""
    return format_html('<link rel="stylesheet" href="{}">', static("review/releases.css"))

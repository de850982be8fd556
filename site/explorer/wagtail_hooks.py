"""The lists' place in the Wagtail admin."""

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from region_gate.authoring.draft_sections import DRAFT_SECTIONS

from .bulk_actions import RequestTakeDownBulkAction, SubmitBulkAction
from .menu import open_at_the_own_region
from .rename_section import RenameSection
from .viewset import RegionalPageViewSet

hooks.register(DRAFT_SECTIONS, RenameSection)
hooks.register("construct_main_menu", open_at_the_own_region)
hooks.register("register_bulk_action", SubmitBulkAction)
hooks.register("register_bulk_action", RequestTakeDownBulkAction)


@hooks.register("register_admin_viewset", order=2)
def regional_lists_of_pages() -> RegionalPageViewSet:
    """Replace the gate's viewset for all pages, which is registered before this one."""
    return RegionalPageViewSet()


@hooks.register("register_page_header_buttons")
def start_from_another_region(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer the pages of other regions where a page may be added."""
    if view_name == "index" and not page.is_root() and page.permissions_for_user(user).can_add_subpage():
        address = reverse("therapies_usable_pages")
        yield Button(_("Use a page of another region"), address, icon_name="copy", priority=16)


@hooks.register("insert_global_admin_css")
def dress_the_lists() -> SafeString:
    """Add the style of the lists."""
    return format_html('<link rel="stylesheet" href="{}">', static("explorer/explorer.css"))

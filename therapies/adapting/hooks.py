"""Where adapting meets Wagtail: its addresses, the ways to them, and the page editor's panel."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.userbar import BaseItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from region_gate.authoring.draft_sections import DRAFT_SECTIONS

from .draft import LOG_ACTION
from .report import AdaptationReportView, UsablePageListView
from .section import AdaptationSection
from .targets import may_use
from .views import AdaptView, ComparisonView

LABEL = _("Use in another region")
ICON = "copy"

hooks.register(DRAFT_SECTIONS, AdaptationSection)


@hooks.register("register_admin_urls")
def addresses_of_adapting() -> list[URLPattern]:
    """Add the report, the list to start from, the form and the comparison."""
    report, usable_pages = AdaptationReportView, UsablePageListView
    return [
        path("reports/adaptations/", report.as_view(), name=report.index_url_name),
        path(
            "reports/adaptations/results/",
            report.as_view(results_only=True),
            name=report.index_results_url_name,
        ),
        path("reports/adaptations/<int:pk>/", ComparisonView.as_view(), name="therapies_adaptation"),
        path("adapt/", usable_pages.as_view(), name=usable_pages.index_url_name),
        path(
            "adapt/results/",
            usable_pages.as_view(results_only=True),
            name=usable_pages.index_results_url_name,
        ),
        path("adapt/<int:page>/", AdaptView.as_view(), name="therapies_adapt"),
    ]


@hooks.register("register_reports_menu_item")
def adaptations_among_the_reports() -> MenuItem:
    """Add the report to the menu."""
    address = reverse(AdaptationReportView.index_url_name)
    return MenuItem(AdaptationReportView.page_title, address, name="adaptations", icon_name=ICON, order=630)


class AdaptItem(PageMenuItem):
    """The way to the form, among the actions of a page that the person may use elsewhere."""

    label = LABEL
    icon_name = ICON
    url_name = "therapies_adapt"

    def is_shown(self, user: Any) -> bool:
        """Say whether the person may use the page."""
        return may_use(self.page, user)


@hooks.register("register_page_header_buttons")
def use_a_page_from_its_header(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Add the action above the page's editor and its list of children.

    Not in lists, where the question would be asked for every row.
    """
    yield AdaptItem(page=page, priority=35)


class AdaptUserbarItem(BaseItem):
    """The way to the form from the page itself, where people of other regions meet it."""

    template_name = "therapies/adapting/userbar_item.html"

    def __init__(self, page: Page) -> None:
        """Lead to the form for `page`."""
        self.page = page

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> str:
        """Return the item, nothing for whoever may not use the page."""
        user = parent_context["request"].user if parent_context else None
        return super().render_html(parent_context) if may_use(self.page, user) else ""


@hooks.register("construct_wagtail_userbar")
def use_a_page_from_itself(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    """Add the action to what signed-in people see on the page."""
    if page is not None and page.pk and not getattr(request, "is_preview", False):
        items.append(AdaptUserbarItem(page))


@hooks.register("insert_global_admin_css")
def dress_what_adapts() -> SafeString:
    """Add the style of the form, the comparison and the lists."""
    return format_html('<link rel="stylesheet" href="{}">', static("therapies/adapting.css"))


@hooks.register("register_log_actions")
def log_where_pages_come_from(actions: LogActionRegistry) -> None:
    """Let a page's history begin with its original."""

    @actions.register_action(LOG_ACTION)
    class Taken(LogFormatter):
        """Tells the original with the entry."""

        label = _("Take over from another region")

        def format_message(self, entry: Any) -> str:
            """Return what was taken over, from where."""
            return gettext("Taken over from %(region)s: “%(title)s”") % entry.data

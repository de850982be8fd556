"""The action log's place in Wagtail's admin."""

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from review.reports.hooks import LegalReportMenuItem

from .views import ActionsView


@hooks.register("register_admin_urls")
def addresses_of_the_actions() -> list[URLPattern]:
    """Add the report."""
    start = "reports/who-did-what/"
    return [
        path(start, ActionsView.as_view(), name="action_log"),
        path(f"{start}results/", ActionsView.as_view(results_only=True), name="action_log_results"),
    ]


@hooks.register("register_reports_menu_item")
def actions_among_the_reports() -> MenuItem:
    """Add it to the reports."""
    address = reverse("action_log")
    return LegalReportMenuItem(
        ActionsView.page_title, address, name="action-log", icon_name="history", order=656
    )

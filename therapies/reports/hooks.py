"""The reports' place in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from therapies.reports.compare_view import CompareView

from . import alert_sources, missing_parts  # noqa: F401 - registers them
from .alerts_view import AttentionView
from .matrix_view import MatrixView
from .permissions import may_read


class ReportMenuItem(MenuItem):
    """The way to a report, for those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the reports are open to the person."""
        return may_read(request.user)


@hooks.register("register_admin_urls")
def addresses_of_the_reports() -> list[URLPattern]:
    """Add the reports to the admin."""
    return [
        path("reports/attention/", AttentionView.as_view(), name="attention"),
        path("reports/compare/", CompareView.as_view(), name="compare_regions"),
        path("reports/label-matrix/", MatrixView.as_view(), name="label_matrix"),
    ]


def _item(view: Any, name: str, order: int) -> MenuItem:
    return ReportMenuItem(view.page_title, reverse(name), name=name, icon_name=view.header_icon, order=order)


@hooks.register("register_reports_menu_item")
def attention_among_the_reports() -> MenuItem:
    """Add what needs attention to the reports."""
    return _item(AttentionView, "attention", 600)


@hooks.register("register_reports_menu_item")
def matrix_among_the_reports() -> MenuItem:
    """Add the label matrix to the reports."""
    return _item(MatrixView, "label_matrix", 610)


@hooks.register("register_reports_menu_item")
def comparisons_among_the_reports() -> MenuItem:
    """Add the comparison of regions to the reports."""
    return _item(CompareView, "compare_regions", 620)


@hooks.register("insert_global_admin_css")
def dress_the_reports() -> SafeString:
    """Add the reports' style."""
    return format_html('<link rel="stylesheet" href="{}">', static("therapies/reports.css"))

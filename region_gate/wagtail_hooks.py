"""The gate's place in the Wagtail admin."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from region_gate.auditing.link_report import LinkReportView
from region_gate.authoring import hooks as authoring_hooks  # noqa: F401 - registers them
from region_gate.models import Notice
from region_gate.notice_history_view import NoticeRecordView
from region_gate.notice_viewset import NoticeViewSet
from region_gate.policy_viewset import PolicyViewSet

register_snippet(NoticeViewSet)
register_snippet(PolicyViewSet)


class NoticeRecordMenuItem(MenuItem):
    """The way to the record, for those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person may see the record."""
        return NoticeRecordView.is_open_to(request.user)


@hooks.register("register_reports_menu_item")
def record_among_the_reports() -> MenuItem:
    """Add the record of notices to the reports."""
    address = reverse(Notice.snippet_viewset.get_url_name("record"))
    return NoticeRecordMenuItem(
        NoticeRecordView.menu_label, address, name="notice-record", icon_name="warning", order=650
    )


@hooks.register("register_admin_urls")
def addresses_of_the_links() -> list[URLPattern]:
    """Add the report of the register, and its results alone, which filters load."""
    return [
        path("reports/links/", LinkReportView.as_view(), name="region_gate_links"),
        path(
            "reports/links/results/",
            LinkReportView.as_view(results_only=True),
            name="region_gate_links_results",
        ),
    ]


class LinkReportMenuItem(MenuItem):
    """The way to the register, for those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person may see the register."""
        return request.user.has_perm("region_gate.view_registeredlink")


@hooks.register("register_reports_menu_item")
def links_among_the_reports() -> MenuItem:
    """Add the register to the reports."""
    address = reverse("region_gate_links")
    return LinkReportMenuItem(LinkReportView.page_title, address, name="links", icon_name="link", order=640)


@hooks.register("insert_global_admin_css")
def dress_the_admin() -> SafeString:
    """Add the style of differences and of the record."""
    return format_html('<link rel="stylesheet" href="{}">', static("region_gate/admin.css"))

"""The record's place in the Wagtail admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.access import EDITORS, LEGAL, is_in_a_team

from .views import RecordIndexView, RecordView, record_document, verifier


class RecordMenuItem(MenuItem):
    """The way to the record, for those who may read some of it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person may read any of the record."""
        return request.user.is_active and is_in_a_team(request.user, EDITORS, LEGAL)


@hooks.register("register_reports_menu_item")
def record_among_the_reports() -> MenuItem:
    """Add the record to the reports."""
    return RecordMenuItem(
        RecordIndexView.page_title,
        reverse("therapies_page_record"),
        name="page-record",
        icon_name="history",
        order=630,
    )


@hooks.register("register_admin_urls")
def addresses_of_the_record() -> list[URLPattern]:
    """Add the list of pages, one page's record and its document."""
    start = "reports/page-record/"
    results = RecordIndexView.as_view(results_only=True)
    return [
        path(start, RecordIndexView.as_view(), name="therapies_page_record"),
        path(f"{start}results/", results, name="therapies_page_record_results"),
        path(f"{start}verifier/", verifier, name="therapies_record_verifier"),
        path(f"{start}<int:page>/", RecordView.as_view(), name="therapies_page_record_page"),
        path(f"{start}<int:page>/document/", record_document, name="therapies_page_record_document"),
    ]

"""The reports' place in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.access import LEGAL, is_in_a_team

from .people import PeopleView
from .regional import RegionalAgingPagesView, RegionalWorkflowTasksView, RegionalWorkflowView

LISTS: tuple[Any, ...] = (RegionalWorkflowView, RegionalWorkflowTasksView, RegionalAgingPagesView)
PEOPLE = "review_report_people"


class LegalReportMenuItem(MenuItem):
    """The way to a report, for those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the reports are open to the person."""
        return is_in_a_team(request.user, LEGAL)


@hooks.register("register_admin_urls")
def addresses_of_legals_reports() -> list[URLPattern]:
    """Add the reports to the admin."""
    found = [path("reports/people/", PeopleView.as_view(), name=PEOPLE)]
    for view in LISTS:
        place = f"reports/your-regions/{view.index_url_name.rpartition('_')[2]}/"
        results = view.as_view(results_only=True)
        found += [
            path(place, view.as_view(), name=view.index_url_name),
            path(f"{place}results/", results, name=view.index_results_url_name),
        ]
    return found


def _item(view: Any, name: str, order: int) -> MenuItem:
    return LegalReportMenuItem(
        view.page_title, reverse(name), name=name, icon_name=view.header_icon, order=order
    )


@hooks.register("register_reports_menu_item")
def people_among_the_reports() -> MenuItem:
    """Add the people of one's regions to the reports."""
    return _item(PeopleView, PEOPLE, 640)


@hooks.register("register_reports_menu_item")
def reviews_among_the_reports() -> MenuItem:
    """Add the reviews of one's regions to the reports."""
    return _item(RegionalWorkflowView, RegionalWorkflowView.index_url_name, 650)


@hooks.register("register_reports_menu_item")
def decisions_among_the_reports() -> MenuItem:
    """Add the decisions in one's regions to the reports."""
    return _item(RegionalWorkflowTasksView, RegionalWorkflowTasksView.index_url_name, 651)


@hooks.register("register_reports_menu_item")
def ageing_among_the_reports() -> MenuItem:
    """Add the ageing pages of one's regions to the reports."""
    return _item(RegionalAgingPagesView, RegionalAgingPagesView.index_url_name, 652)

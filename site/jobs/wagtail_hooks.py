"""The place of jobs and mails in the Wagtail admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .reports.access import may_read
from .reports.jobs_view import JobsView
from .reports.lists import MailDecisionView, MailsView, RunsView


class JobsMenuItem(MenuItem):
    """The way to the jobs, for those who may read of them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the report is open to the person."""
        return may_read(request.user)


@hooks.register("register_admin_urls")
def addresses_of_the_jobs() -> list[URLPattern]:
    """Add the reports to the admin."""
    return [
        path("reports/jobs/", JobsView.as_view(), name="jobs"),
        path("reports/jobs/runs/", RunsView.as_view(), name="job_runs"),
        path("reports/jobs/runs/results/", RunsView.as_view(results_only=True), name="job_runs_results"),
        path("reports/jobs/mails/", MailsView.as_view(), name="stored_mails"),
        path(
            "reports/jobs/mails/results/", MailsView.as_view(results_only=True), name="stored_mails_results"
        ),
        path("reports/jobs/mails/<int:pk>/", MailDecisionView.as_view(), name="stored_mail"),
    ]


@hooks.register("register_reports_menu_item")
def jobs_among_the_reports() -> MenuItem:
    """Add the jobs to the reports."""
    view = JobsView
    return JobsMenuItem(view.page_title, reverse("jobs"), name="jobs", icon_name=view.header_icon, order=660)

"""All runs of jobs, and all mails, to be narrowed and exported."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports.base import ReportView

from region_gate.exporting import SafeExportMixin

from .. import mails, registry
from ..models import JobRun, StoredMail
from .access import AdministratorsMixin
from .states import STATES, RunState, seconds_of, state_of


def _of_state(found: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
    return found.filter(STATES[RunState(state)])


def _jobs() -> list[tuple[str, str]]:
    return [(job.name, str(job.title)) for job in registry.jobs()]


class RunFilterSet(WagtailFilterSet):
    """Narrows the runs to those of a job, or of a state."""

    job = django_filters.ChoiceFilter(label=gettext_lazy("Job"), choices=_jobs)
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=RunState.choices, method=_of_state
    )

    class Meta:
        model = JobRun
        fields: ClassVar[list[str]] = ["job"]


class MailFilterSet(WagtailFilterSet):
    """Narrows the mails to those of a state."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=RunState.choices, method=_of_state
    )

    class Meta:
        model = StoredMail
        fields: ClassVar[list[str]] = []


class WorkerReportView(AdministratorsMixin, SafeExportMixin, ReportView):
    """A list of what the worker did or will do."""

    results_template_name = "jobs/list_results.html"
    row_template_name: str  # of the cells under `headings`
    nothing: Any  # said in place of an empty list

    @property
    def headings(self) -> list[Any]:
        """The columns' headings: a spreadsheet's."""
        return [*self.export_headings.values()]

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Say of each how far it is."""
        for one in object_list:
            one.state = state_of(one.task).label if one.task else ""
            one.seconds = seconds_of(one.task) if one.task else None
            one.tries = len(one.task.worker_ids) if one.task else 0
            one.said = (one.task.return_value or "") if one.task else ""
        return object_list


class RunsView(WorkerReportView):
    """The runs of jobs, the latest first."""

    model = JobRun
    page_title = gettext_lazy("Runs of jobs")
    header_icon = "history"
    row_template_name = "jobs/includes/run_row.html"
    nothing = gettext_lazy("No run.")
    filterset_class = RunFilterSet
    index_url_name, index_results_url_name = "job_runs", "job_runs_results"
    export_filename = "runs"
    list_export: ClassVar = ["title", "moment", "state", "task.started_at", "seconds", "tries", "said"]
    export_headings: ClassVar = {
        "title": gettext_lazy("Job"),
        "moment": gettext_lazy("Due"),
        "state": gettext_lazy("State"),
        "task.started_at": gettext_lazy("Began"),
        "seconds": gettext_lazy("Seconds"),
        "tries": gettext_lazy("Tries"),
        "said": gettext_lazy("Result"),
    }

    def get_queryset(self) -> QuerySet[JobRun]:
        """Return the runs."""
        return JobRun.objects.made().select_related("task").order_by("-moment", "-pk")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Give each the title of its job too."""
        titles = dict(_jobs())
        for run in super().decorate_paginated_queryset(object_list):
            run.title = titles.get(run.job, run.job)
        return object_list


class MailsView(WorkerReportView):
    """The mails, the latest first: without their text, which is between those who write and read them."""

    model = StoredMail
    page_title = gettext_lazy("E-mails")
    header_icon = "mail"
    row_template_name = "jobs/includes/mail_row.html"
    nothing = gettext_lazy("No e-mail.")
    headings: ClassVar = [
        gettext_lazy("Subject"),
        gettext_lazy("Recipients"),
        gettext_lazy("Written"),
        gettext_lazy("State"),
        gettext_lazy("Tries"),
        gettext_lazy("Error"),
        gettext_lazy("What to do"),
    ]
    filterset_class = MailFilterSet
    index_url_name, index_results_url_name = "stored_mails", "stored_mails_results"
    export_filename = "mails"
    list_export: ClassVar = ["subject", "to", "made_at", "state", "sent_at", "tries", "said", "is_settled"]
    export_headings: ClassVar = {
        "subject": gettext_lazy("Subject"),
        "to": gettext_lazy("Recipients"),
        "made_at": gettext_lazy("Written"),
        "state": gettext_lazy("State"),
        "sent_at": gettext_lazy("Sent"),
        "tries": gettext_lazy("Tries"),
        "said": gettext_lazy("Error"),
        "is_settled": gettext_lazy("Settled"),
    }

    def get_queryset(self) -> QuerySet[StoredMail]:
        """Return the mails, without their text."""
        return StoredMail.objects.defer("message").select_related("task").order_by("-made_at", "-pk")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Say who it is for, and whether something is to be decided about it."""
        for mail in super().decorate_paginated_queryset(object_list):
            mail.to = ", ".join(mail.recipients)
            is_failed = bool(mail.task) and state_of(mail.task) is RunState.FAILED
            mail.is_undeliverable = is_failed and not mail.sent_at and not mail.is_settled
        return object_list


@method_decorator(require_POST, name="dispatch")
class MailDecisionView(AdministratorsMixin, View):
    """Sends a mail again that could not be sent, or notes that it need not be."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the button says, once."""
        if "settle" in request.POST:
            is_done, said = mails.settle(pk), _("The e-mail is settled.")
        else:
            is_done, said = mails.send_again(pk), _("The e-mail will be sent again.")
        if is_done:
            messages.success(request, said)
        else:
            messages.error(request, _("There is nothing to decide about this e-mail any more."))
        return redirect("stored_mails")

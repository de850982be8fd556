"""Each job: how its last run went, when it is due next, and whether it is late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from region_gate.exporting import SafeExportMixin

from .. import registry
from ..models import JobRun, StoredMail, WorkerBeat
from ..overdue import failed_tasks, overdue
from ..planning import site_zone
from ..registry import ScheduledJob
from .access import AdministratorsMixin
from .states import RunState, seconds_of, state_of

MAX_TASKS = 50


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job, as the list and the spreadsheet show it."""

    name: str
    title: str
    state: str
    began: datetime | None
    seconds: float | None
    tries: int
    said: str
    next: datetime
    is_late: bool
    is_failed: bool


def job_rows(now: datetime) -> Iterator[JobRow]:
    """Give a row for each job."""
    late = {one.name for one in overdue(now)}
    for job in registry.jobs():
        last = JobRun.objects.of(job.name).made().select_related("task").order_by("-pk").first()
        yield _row(job, last, now, is_late=job.name in late)


def _row(job: ScheduledJob, run: JobRun | None, now: datetime, *, is_late: bool) -> JobRow:
    next_moment, title = job.when.next(now, site_zone()), str(job.title)
    if run is None or run.task is None:
        return JobRow(job.name, title, _("has not run yet"), None, None, 0, "", next_moment, is_late, False)
    task, state = run.task, state_of(run.task)
    return JobRow(
        job.name,
        title,
        str(state.label),
        task.started_at,
        seconds_of(task),
        len(task.worker_ids),
        task.return_value or "",
        next_moment,
        is_late,
        state is RunState.FAILED,
    )


class JobsView(AdministratorsMixin, SafeExportMixin, WagtailAdminTemplateMixin, TemplateView):
    """Lists the jobs; changes nothing."""

    template_name = "jobs/jobs.html"
    page_title = gettext_lazy("Jobs")
    header_icon = "history"
    http_method_names = ("get", "head", "options")
    export_filename = "jobs"
    list_export: ClassVar = ["title", "state", "began", "seconds", "tries", "said", "next", "is_late"]
    export_headings: ClassVar = {
        "title": gettext_lazy("Job"),
        "state": gettext_lazy("Last run"),
        "began": gettext_lazy("Began"),
        "seconds": gettext_lazy("Seconds"),
        "tries": gettext_lazy("Tries"),
        "said": gettext_lazy("Result"),
        "next": gettext_lazy("Next run"),
        "is_late": gettext_lazy("Overdue"),
    }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the breadcrumbs, which end in the report."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> Any:
        """Show the jobs, or send them as a spreadsheet."""
        if self.is_export:
            return self.as_spreadsheet(job_rows(timezone.now()), self.request.GET["export"])
        return super().render_to_response(context, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the jobs, the workers that run, and what failed besides: tasks, mails."""
        return super().get_context_data(
            rows=[*job_rows(timezone.now())],
            workers=WorkerBeat.objects.order_by("id"),
            failed_tasks=failed_tasks()[:MAX_TASKS],
            undeliverable=StoredMail.objects.undeliverable().count(),
            **kwargs,
        )

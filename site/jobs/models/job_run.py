"""One run of a job, for one of its moments."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult


class JobRunQuerySet(models.QuerySet["JobRun"]):
    """Runs, asked for in the domain's words."""

    def of(self, job: str) -> "JobRunQuerySet":
        """Return those of the job called `job`."""
        return self.filter(job=job)

    def ended(self) -> "JobRunQuerySet":
        """Return those that were done, or given up."""
        return self.filter(is_open=False)

    def made(self) -> "JobRunQuerySet":
        """Leave out what only notes from when on a job is known."""
        return self.exclude(task=None)


class JobRun(models.Model):
    """A job that has been planned for a moment; its task says how far it is.

    One run of a job is open at a time, and each moment has one run: the database sees to both, so that
    no two workers do a job at once, and no clock has one done twice.
    """

    job = models.CharField(_("job"), max_length=50)
    moment = models.DateTimeField(_("moment"))
    # None where the job was only seen for the first time.
    task = models.OneToOneField[Any, Any](
        DBTaskResult, on_delete=models.CASCADE, null=True, editable=False, related_name="job_run"
    )
    is_open = models.BooleanField(_("open"), default=True)

    objects = JobRunQuerySet.as_manager()

    class Meta:
        ordering = ("-moment", "job")
        constraints = (
            models.UniqueConstraint(fields=["job", "moment"], name="jobs_one_run_for_each_moment"),
            models.UniqueConstraint(fields=["job"], condition=Q(is_open=True), name="jobs_one_open_run"),
        )
        verbose_name = _("run")
        verbose_name_plural = _("runs")

    def __str__(self) -> str:
        """Return the job and the moment."""
        return f"{self.job} {self.moment:%Y-%m-%d %H:%M}"

"""What jobs and mails call attention to: administrators to all, others to mails of their regions' people."""

from collections.abc import Iterator
from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from home.access import editors_name, legal_name
from jobs.models import StoredMail
from jobs.overdue import failed_tasks, failing, overdue
from jobs.reports.access import may_read
from region_gate import clock
from therapies.reports.alerts import ALERTS_HOOK, Alert, Source, Watch


def jobs_in_trouble(watch: Watch) -> Iterator[Alert]:
    """Give the jobs that are overdue, and those whose last run failed, to administrators."""
    if not may_read(watch.user):
        return
    for late in overdue():
        yield Alert("", late.title, _("It should have run."), reverse("jobs"), clock.day_of(late.since))
    for job, run in failing():
        address = f"{reverse('job_runs')}?job={job.name}&state=failed"
        yield Alert("", str(job.title), _("Its last run failed."), address, clock.day_of(run.moment))
    for task in failed_tasks():
        yield Alert("", task.task_path, _("The task failed."), reverse("jobs"), _day(task.finished_at))


def undeliverable_mails(watch: Watch) -> Iterator[Alert]:
    """Give the mails that could not be sent to somebody of the person's regions; to administrators all."""
    is_all, known = may_read(watch.user), _addresses_in(watch)
    address = f"{reverse('stored_mails')}?state=failed" if is_all else reverse("attention")
    for mail in StoredMail.objects.undeliverable().defer("message"):
        if is_all or known.intersection(one.lower() for one in mail.recipients):
            why = _("The e-mail to {people} could not be sent. Tell them yourself.")
            yield Alert(
                "",
                mail.subject if is_all else _("An e-mail"),  # which may name another region's draft
                why.format(people=", ".join(mail.recipients)),
                address,
                clock.day_of(mail.made_at),
            )


def _day(moment: datetime | None) -> date | None:
    return clock.day_of(moment) if moment else None


def _addresses_in(watch: Watch) -> set[str]:
    groups = [name(region.code) for region in watch.reach.own for name in (editors_name, legal_name)]
    people = get_user_model()._default_manager.filter(groups__name__in=groups)
    return {email.lower() for email in people.values_list("email", flat=True) if email}


@hooks.register(ALERTS_HOOK)
def attention_to_jobs() -> Source:
    """Add the jobs that are overdue or fail."""
    return Source("jobs", gettext_lazy("Jobs overdue or failed"), jobs_in_trouble, 5)


@hooks.register(ALERTS_HOOK)
def attention_to_mails() -> Source:
    """Add the mails that could not be sent."""
    return Source("mails", gettext_lazy("E-mails not sent"), undeliverable_mails, 6)

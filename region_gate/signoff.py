"""Whose approval a publication had, from what Wagtail knows of it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext

from django.contrib.auth.base_user import AbstractBaseUser
from wagtail.log_actions import LogContext, get_active_log_context
from wagtail.models import ModelLogEntry, Revision, TaskState


def acting(user: AbstractBaseUser | None) -> AbstractContextManager[object]:
    """Have what happens inside be done by `user`, or by whoever acts already."""
    return LogContext(user=user) if user else nullcontext()


def approvers(revision: Revision) -> list[str]:
    """Name those whose approval the publication of `revision` has, none where a program published it.

    Those who approved it in its review; without one, who published it or had it scheduled.
    """
    people = list(_reviewers(revision))
    if not people and (publisher := get_active_log_context().user or _scheduler(revision)):
        people = [publisher]
    return list(dict.fromkeys(map(lasting_name, people)))


def lasting_name(person: AbstractBaseUser) -> str:
    """Return a name that still says who it was when the person's sign-in is gone."""
    full_name = getattr(person, "get_full_name", str)()
    username = person.get_username()
    return f"{full_name} ({username})" if full_name else username


def _reviewers(revision: Revision) -> Iterator[AbstractBaseUser]:
    states = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    for state in states.exclude(finished_by=None).order_by("finished_at").select_related("finished_by"):
        yield state.finished_by


def _scheduler(revision: Revision) -> AbstractBaseUser | None:
    entries = ModelLogEntry.objects.filter(revision=revision, action="wagtail.publish.schedule")
    latest = entries.order_by("timestamp").select_related("user").last()
    return latest.user if latest else None

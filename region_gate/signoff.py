"""Who approved and published something, by names that outlast the people's accounts."""

from contextlib import AbstractContextManager, nullcontext

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Group
from wagtail.log_actions import LogContext, get_active_log_context
from wagtail.models import ModelLogEntry, PageLogEntry, Revision, TaskState

from region_gate.constancy import asked_once


def lasting_name(person: AbstractBaseUser | None) -> str:
    """Return a name that still says who it was when the account is deleted; blank for nobody."""
    if person is None:
        return ""
    full_name = getattr(person, "get_full_name", str)()
    username = person.get_username()
    return f"{full_name} ({username})" if full_name else username


def acting_as(user: AbstractBaseUser | None) -> AbstractContextManager[object]:
    """Log what happens inside as done by `user`; without one, by whoever acts already."""
    return LogContext(user=user) if user else nullcontext()


def acting() -> str:
    """Return the name of whoever acts now, blank where a program does."""
    return lasting_name(get_active_log_context().user)


def publisher(revision: Revision | None) -> AbstractBaseUser | None:
    """Return who acts now, else who scheduled `revision`; None where a program does by itself."""
    return get_active_log_context().user or (scheduler(revision) if revision else None)


@asked_once
def roles_of(person: AbstractBaseUser) -> list[str]:
    """Return the roles that `person` has now: their groups, and whether they are an administrator."""
    groups = [*Group.objects.filter(user=person.pk).values_list("name", flat=True)]
    return sorted([*groups, *(["administrator"] if getattr(person, "is_superuser", False) else [])])


def reviewing(revision: Revision) -> list[AbstractBaseUser]:
    """Return those who approved `revision` in its review, the first to do so first."""
    states = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    decided = states.exclude(finished_by=None).order_by("finished_at").select_related("finished_by")
    return list(dict.fromkeys(state.finished_by for state in decided))


def reviewers(revision: Revision) -> list[str]:
    """Return the names of those who approved `revision` in its review, the first to do so first."""
    return [lasting_name(person) for person in reviewing(revision)]


def approvers(revision: Revision) -> list[str]:
    """Return the names of those whose approval the publication of `revision` has.

    These are its reviewers; without any, who publishes it or scheduled it. None where a program did.
    """
    names = reviewers(revision)
    if not names and (person := publisher(revision)):
        return [lasting_name(person)]
    return names


def scheduler(revision: Revision) -> AbstractBaseUser | None:
    """Return who scheduled the page or snippet `revision`, None where nobody did."""
    for log in (ModelLogEntry, PageLogEntry):
        entries = log.objects.filter(revision=revision, action="wagtail.publish.schedule")
        if latest := entries.order_by("timestamp").select_related("user").last():
            return latest.user
    return None

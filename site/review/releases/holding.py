"""What is approved as a part of a release waits for it, and does not go live by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision, WorkflowState
from wagtail.signals import workflow_approved

from home.approval import held_back
from home.exceptions import RefusedError

from ..release_models import ReleaseItem, ReleaseState
from .history import PART_APPROVED

_is_releasing: ContextVar[bool] = ContextVar("is_releasing", default=False)


@contextmanager
def releasing() -> Iterator[None]:
    """Have the parts of a release go live inside."""
    outer = _is_releasing.set(True)
    try:
        yield
    finally:
        _is_releasing.reset(outer)


def check_going_live(thing: Any) -> None:
    """Raise RefusedError where `thing`, about to go live by itself, is a part of an open release."""
    if _is_releasing.get():
        return
    if item := ReleaseItem.objects.holding(thing):
        words = _("It goes live with the release “%(release)s”, and not before. Remove it there first.")
        raise RefusedError(words % {"release": item.release})


def take(item: ReleaseItem, revision: Revision) -> None:
    """Have `revision`, just approved, be what goes live of the part; the whole is to be prepared anew."""
    item.revision, item.revision_number, item.title = revision, revision.pk, revision.object_str[:255]
    item.save(update_fields=["revision", "revision_number", "title"])
    if item.release.state == ReleaseState.PREPARED:
        item.release.state = ReleaseState.DRAFT
        item.release.save(update_fields=["state"])


@receiver(held_back)
def hold_back(thing: Any, **kwargs: Any) -> bool:
    """Hold back what is a part of an open release."""
    return thing is not None and ReleaseItem.objects.holding(thing) is not None


@receiver(workflow_approved)
def keep_what_was_approved(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """Note which revision of a part was approved: just this one goes live."""
    revision = instance.current_task_state.revision
    if item := ReleaseItem.objects.holding(revision.content_object):
        take(item, revision)
        log(item.release, PART_APPROVED, user=user, data={"part": f"{item.title} ({revision.pk})"})

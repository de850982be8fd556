"""Four eyes: what goes live was approved by somebody who neither wrote nor sent it."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from wagtail.models import Revision, TaskState


def is_required() -> bool:
    """Say whether somebody else must approve; only a setting of False says otherwise."""
    return settings.REVIEW_FOUR_EYES is not False


def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return what is wrong with REVIEW_FOUR_EYES."""
    if isinstance(settings.REVIEW_FOUR_EYES, bool):
        return []
    return [Error("REVIEW_FOUR_EYES must be True or False.", id="review.E001")]


def may_approve(user: Any, state: TaskState) -> bool:
    """Say whether `user`, a reviewer, neither wrote nor sent what waits in `state`."""
    if not is_required():
        return True
    return user.pk not in {*authors_of(state.revision), state.workflow_state.requested_by_id}


def authors_of(revision: Revision) -> set[int]:
    """Return the keys of the people who wrote `revision`, from the last approved one on."""
    written = Revision.objects.filter(
        base_content_type=revision.base_content_type_id, object_id=revision.object_id
    )
    approved = written.filter(pk__lt=revision.pk, task_states__status=TaskState.STATUS_APPROVED)
    last = approved.order_by("-pk").values_list("pk", flat=True).first() or 0
    people = written.filter(pk__gt=last, pk__lte=revision.pk, user__isnull=False)
    return set(people.values_list("user_id", flat=True))


def is_approved(revision_id: int | None) -> bool:
    """Say whether a review has approved the revision; nobody approves their own there."""
    return TaskState.objects.filter(revision=revision_id, status=TaskState.STATUS_APPROVED).exists()

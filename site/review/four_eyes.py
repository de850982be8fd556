"""Four eyes: what goes live was approved by somebody who neither wrote nor sent it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db.models import Q, QuerySet
from wagtail.models import Revision, TaskState

from therapies.comparing.text_fields import passages_of
from therapies.content_walk import APPEARANCE
from therapies.editing.edits import edits, versions_of


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
    return bool(free_to_approve([user], state))


def free_to_approve(people: Iterable[Any], state: TaskState) -> list[Any]:
    """Return those of `people`, reviewers, who neither wrote nor sent what waits in `state`."""
    if not is_required():
        return [*people]
    writers = {*authors_of(state.revision), state.workflow_state.requested_by_id}
    others = [person for person in people if person.pk not in writers]
    return [person for person in others if not _has_written(person, state.revision)]


def authors_of(revision: Revision) -> set[int]:
    """Return the keys of the people who wrote `revision`, from the last approved one on.

    Before anything was approved, whoever wrote a translation of it is among them. Whoever only
    commented is not; whoever changed something is, even if somebody changed it back since.
    """
    written = versions_of(revision).filter(pk__lte=revision.pk)
    last = approved(written.exclude(pk=revision.pk)).values_list("pk", flat=True).first() or 0
    since = edits(written.filter(pk__gte=last))
    people = {edit.user_id for edit in since if edit.pk > last and edit.user_id}
    return people if last else people | _authors_of_translations(revision)


def approved(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """Return those that one of our reviews has approved, the latest first: no other workflow counts."""
    is_page = Q(base_content_type__app_label="wagtailcore", base_content_type__model="page")
    reviewed = Q(task_states__task__pagereview__isnull=False) & is_page
    reviewed |= Q(task_states__task__legalreview__isnull=False) & ~is_page
    done = Q(task_states__status=TaskState.STATUS_APPROVED, task_states__finished_by__isnull=False)
    return revisions.filter(reviewed, done).order_by("-pk")


def is_approved(revision_id: int | None) -> bool:
    """Say whether a review has approved the revision; nobody approves their own there."""
    return approved(Revision.objects.filter(pk=revision_id)).exists()


def _has_written(user: Any, revision: Revision) -> bool:
    """Say whether an older edit by `user` reads just as `revision` does, which took it up again."""
    older = versions_of(revision).filter(pk__lt=revision.pk)
    written = edits(older) if older.filter(user=user.pk).exists() else []
    things = [edit.as_object() for edit in written if edit.user_id == user.pk]
    if not things:
        return False
    now, *before = passages_of(revision.as_object(), *things, without=APPEARANCE)
    return now in before


def _authors_of_translations(revision: Revision) -> set[int]:
    thing: Any = revision.content_object
    if getattr(thing, "translation_key", None) is None:
        return set()
    others = type(thing)._base_manager.filter(translation_key=thing.translation_key).exclude(pk=thing.pk)
    written = Revision.objects.filter(base_content_type=revision.base_content_type_id)
    versions = (written.filter(object_id=str(pk)) for pk in others.values_list("pk", flat=True))
    return {edit.user_id for one in versions for edit in edits(one) if edit.user_id}

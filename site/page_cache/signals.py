"""Starts a new edition with each change of what visitors may see, in the change's own transaction."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.dispatch import receiver
from wagtail.models import Collection, Page, Revision

from home.visibility import UNSEEN_FIELDS
from redirecting.models import rules_changed
from region_gate import snapshot
from region_gate.models import Policy
from region_gate.pipeline import Event, Stage, step
from review.release_models import Release

from .purging import purge_all
from .shown import SHOWN
from .shown_with import purge_what_shows, remember


@step(Event.POST_SAVE, Stage.RENEW, *SHOWN)
def renew_with_what_is_shown(
    instance: models.Model,
    created: bool = False,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """Renew with whatever of `instance` visitors may see; not with a draft."""
    if _is_a_draft(instance, created=created, update_fields=update_fields):
        return
    snapshot.invalidate()
    if isinstance(instance, Collection):
        # Once more, because a collection is moved in the tree after it has been saved.
        transaction.on_commit(snapshot.invalidate)


@step(Event.POST_DELETE, Stage.RENEW, *SHOWN)
@step(Event.POST_PAGE_MOVE, Stage.RENEW, Page)
def renew_with_what_goes(**kwargs: Any) -> None:
    """Renew with what is deleted, and with what stands elsewhere by now or in another order."""
    snapshot.invalidate()


@step(Event.POST_SAVE, Stage.RENEW, Revision, Release)
def renew_with_schedules(instance: Revision | Release, **kwargs: Any) -> None:
    """Renew with what goes live at another moment than before, for nothing is kept past that."""
    if isinstance(instance, Release) or instance.approved_go_live_at:
        snapshot.invalidate()


@receiver(rules_changed)
def renew_with_the_rules(**kwargs: Any) -> None:
    """Renew with redirects that are written many at once."""
    snapshot.invalidate()
    purge_all()


@step(Event.PRE_SAVE, Stage.PURGE, Page)
def remember_what_others_show(instance: Page, **kwargs: Any) -> None:
    """Note what other pages show of a page, to know afterwards whether that has changed."""
    remember(instance)


@step(Event.POST_SAVE, Stage.PURGE, *SHOWN, Policy)
def drop_what_shows_it(
    instance: models.Model,
    created: bool = False,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """Have caches in front drop what shows `instance`; nothing for a draft."""
    if not _is_a_draft(instance, created=created, update_fields=update_fields):
        purge_what_shows(instance)


@step(Event.POST_DELETE, Stage.PURGE, *SHOWN, Policy)
@step(Event.POST_PAGE_MOVE, Stage.PURGE, Page)
def drop_everything(**kwargs: Any) -> None:
    """Have caches in front drop all, since anything may show what is gone or stands elsewhere."""
    purge_all()


def _is_a_draft(instance: models.Model, *, created: bool, update_fields: Iterable[str] | None) -> bool:
    """Say whether what was saved is seen by nobody but those who work on it."""
    if update_fields is not None and UNSEEN_FIELDS.issuperset(update_fields):
        return True
    return created and getattr(instance, "live", True) is False

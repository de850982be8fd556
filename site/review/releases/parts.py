"""What can be a part of a release, and how it becomes one."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from home.exceptions import RefusedError
from region_gate.models import Edition

from ..release_models import Release, ReleaseItem, ReleaseState, base_type_of
from ..workflows import SHARED_MODELS
from .history import PART_ADDED, PART_REMOVED

# What has revisions and a review.
PART_MODELS: tuple[type[Model], ...] = (Page, *SHARED_MODELS)


def add(release: Release, thing: Any, user: Any, *, renews: bool = False) -> ReleaseItem:
    """Make `thing` a part of the release, with its latest revision until one is approved.

    Raises RefusedError where it is a part of another one, has a date of its own, or there is no draft of it.
    """
    Edition.lock_in_transaction()
    check_may_change(release)
    draft = _draft_of(thing)
    if item := ReleaseItem.objects.holding(thing):
        raise RefusedError(_held(item, release))
    item = ReleaseItem(
        release=release,
        content_type=base_type_of(thing),
        object_id=str(thing.pk),
        revision=draft,
        revision_number=draft.pk,
        title=draft.object_str[:255],
        was_live=thing.live,
        renews=renews,
        added_by=user,
    )
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError as error:  # another process was quicker
        raise RefusedError(_("“%(part)s” is a part of another release.") % {"part": thing}) from error
    _changed(release, thing, user, PART_ADDED)
    return item


def remove(item: ReleaseItem, user: Any) -> None:
    """Take the part out of its release; it may then go live by itself, once it is sent to review."""
    Edition.lock_in_transaction()
    check_may_change(item.release)
    item.delete()
    _changed(item.release, item.thing or item, user, PART_REMOVED)


def check_may_change(release: Release) -> None:
    """Raise RefusedError where the release, as it is stored now, is scheduled or over."""
    release.refresh_from_db(fields=["state"])
    if not release.may_change:
        words = _("“%(release)s” is %(state)s: nothing of it changes.")
        raise RefusedError(words % {"release": release, "state": release.get_state_display().lower()})


def kind_of(thing: Any) -> str:
    """Return what `thing` is, in a word, as editors call it."""
    return str(thing._meta.verbose_name)


def _draft_of(thing: Any) -> Revision:
    """Return the latest revision of `thing`. Raises RefusedError where it cannot go live with others."""
    draft: Revision | None = thing.latest_revision
    if draft is None:
        raise RefusedError(_("“%(part)s” has no draft yet. Write one first.") % {"part": thing})
    if thing.revisions.filter(approved_go_live_at__isnull=False).exists():
        words = _("“%(part)s” is scheduled by itself. Cancel that first.")
        raise RefusedError(words % {"part": thing})
    if isinstance(thing, Page) and thing.alias_of_id:
        words = _("“%(part)s” is an alias. Add the page that it shows; it changes with that.")
        raise RefusedError(words % {"part": thing})
    return draft


def _held(item: ReleaseItem, release: Release) -> str:
    values = {"part": item.title, "release": item.release}
    if item.release_id == release.pk:
        return _("“%(part)s” is a part of this release already.") % values
    return _("“%(part)s” is a part of the release “%(release)s”. Remove it there first.") % values


def _changed(release: Release, part: Any, user: Any, action: str) -> None:
    """Have the release be prepared anew, and log what was done."""
    if release.state != ReleaseState.DRAFT:
        release.state = ReleaseState.DRAFT
        release.save(update_fields=["state"])
    log(release, action, user=user, data={"part": str(part)})

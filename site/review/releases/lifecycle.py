"""What people do with a release: prepare it, put it on the schedule, make it live, cancel it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.exceptions import RefusedError
from region_gate.models import Edition
from region_gate.signoff import acting_as

from ..release_models import Release, ReleaseState
from . import going_live, history
from .checking import faults_of
from .parts import check_may_change


def prepare(release: Release, user: Any) -> list[str]:
    """Check all parts and try them together; return the faults, none where the release is prepared now."""
    Edition.lock_in_transaction()
    check_may_change(release)
    faults = faults_of(release) or going_live.try_out(release)
    release.state = ReleaseState.DRAFT if faults else ReleaseState.PREPARED
    release.faults = faults
    release.save(update_fields=["state", "faults"])
    log(release, history.FOUND if faults else history.PREPARED, user=user, data={"faults": faults})
    return faults


def schedule(release: Release, user: Any) -> None:
    """Have the prepared release go live at its moment."""
    _check_prepared(release)
    if release.goes_live_at is None or release.goes_live_at <= timezone.now():
        raise RefusedError(_("Its moment has passed, or it has none. Give it another, or make it live now."))
    going_live.check(release)
    _set(release, ReleaseState.SCHEDULED, user, history.SCHEDULED)


def unschedule(release: Release, user: Any) -> None:
    """Take the release off the schedule, so that it may change."""
    _read(release)
    if release.state != ReleaseState.SCHEDULED:
        raise RefusedError(_("“%(release)s” is not scheduled.") % {"release": release})
    _set(release, ReleaseState.DRAFT, user, history.UNSCHEDULED)


def make_live(release: Release, user: Any = None) -> None:
    """Make the prepared or due release live, all of it. Raises RefusedError with nothing done."""
    with transaction.atomic():
        _check_prepared(release, ReleaseState.SCHEDULED)
        going_live.check(release)
        with acting_as(user or history.scheduler_of(release)):
            going_live.publish(release, user, "wagtail.publish" if user else "wagtail.publish.scheduled")
        release.live_at = timezone.now()
        release.items.update(is_open=False)
        release.save(update_fields=["live_at"])
        parts = [f"{item.title} ({item.revision_number})" for item in release.items.all()]
        _set(release, ReleaseState.LIVE, user, history.WENT_LIVE, faults=[], parts=parts)


def fail(release: Release, faults: list[str]) -> None:
    """Say that the release, which was due, did not go live; nothing of it did."""
    _set(release, ReleaseState.FAILED, None, history.FAILED, faults=faults)


def cancel(release: Release, user: Any) -> None:
    """End the release without anything going live; its parts are free, and drafts as before."""
    _read(release)
    if not release.is_open:
        raise RefusedError(_over(release))
    release.items.update(is_open=False)
    _set(release, ReleaseState.CANCELLED, user, history.CANCELLED)


def _check_prepared(release: Release, *others: ReleaseState) -> None:
    _read(release)
    if release.state not in (ReleaseState.PREPARED, *others):
        words = _("“%(release)s” is to be prepared first.") % {"release": release}
        raise RefusedError(words if release.is_open else _over(release))


def _read(release: Release) -> None:
    """Read the release anew while nobody else decides."""
    Edition.lock_in_transaction()
    release.refresh_from_db()


def _over(release: Release) -> str:
    words = _("“%(release)s” is over: %(state)s.")
    return words % {"release": release, "state": release.get_state_display().lower()}


def _set(
    release: Release,
    state: ReleaseState,
    user: Any,
    action: str,
    *,
    faults: list[str] | None = None,
    parts: list[str] | None = None,
) -> None:
    release.state = state
    release.faults = faults or []
    release.save(update_fields=["state", "faults"])
    log(release, action, user=user, data={"faults": release.faults, "parts": parts or []})

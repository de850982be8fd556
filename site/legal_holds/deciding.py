"""Sets a hold, and ends it with four eyes: one person asks, another one decides."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.exceptions import RefusedError
from region_gate.models import Edition
from region_gate.signoff import lasting_name, roles_of
from review import four_eyes

from .models import HoldEvent, HoldKind, LegalHold

# What a decision adds to the hold; all else of it stays as it was set.
DECIDED = {"event", "said", "person", "by", "roles", "at"}
CHAINED = {"id", "subject", "number", "previous", "sha256", "signature", "key"}


@dataclass(frozen=True, slots=True)
class HoldTarget:
    """What a hold names, as `LegalHold` keeps it."""

    kind: HoldKind
    target: str
    title: str
    region: str = ""
    words: tuple[str, ...] = ()


@transaction.atomic
def set_hold(what: HoldTarget, name: str, reason: str, starts: date, user: Any) -> LegalHold:
    """Keep `what` from the day `starts` on. Nothing is purged meanwhile."""
    Edition.lock()
    last = LegalHold.objects.aggregate(last=Max("subject"))["last"] or 0
    hold = LegalHold(
        subject=last + 1,
        name=name,
        reason=reason,
        kind=what.kind,
        target=what.target,
        title=what.title[:500],
        region=what.region,
        words="\n".join(what.words),
        starts=starts,
    )
    return _decided(hold, HoldEvent.SET, reason, user)


@transaction.atomic
def ask_for_end(number: int, reason: str, user: Any) -> LegalHold:
    """Ask another person of legal to end the hold.

    Raises RefusedError where that is asked already, or the hold has ended.
    """
    hold = _latest(number)
    if hold.event in (HoldEvent.END_ASKED, HoldEvent.ENDED):
        raise RefusedError(_("Somebody was quicker: %(state)s.") % {"state": hold.get_event_display()})
    return _decided(hold, HoldEvent.END_ASKED, reason, user)


@transaction.atomic
def answer(number: int, is_ended: bool, reason: str, user: Any) -> LegalHold:
    """End the hold, or have it stay. Raises RefusedError where nobody asked, or `user` did so."""
    hold = _latest(number)
    if hold.event != HoldEvent.END_ASKED:
        raise RefusedError(_("Nobody has asked for the end of this hold."))
    if not may_answer(hold, user):
        raise RefusedError(_("Another person of the legal team must decide about this."))
    return _decided(hold, HoldEvent.ENDED if is_ended else HoldEvent.STAYS, reason, user)


def may_answer(hold: LegalHold, user: Any) -> bool:
    """Say whether `user`, of legal, may decide on the end that was asked for: whoever asked may not."""
    return hold.event == HoldEvent.END_ASKED and (not four_eyes.is_required() or hold.person != user.pk)


def _latest(number: int) -> LegalHold:
    Edition.lock()
    found: LegalHold = LegalHold.objects.current().get(subject=number)
    return found


def _decided(hold: LegalHold, event: HoldEvent, said: str, user: Any) -> LegalHold:
    """Put on record, and in the log, what `user` has decided of `hold`."""
    kept = {
        field.attname: getattr(hold, field.attname)
        for field in LegalHold._meta.concrete_fields
        if field.name not in DECIDED | CHAINED
    }
    entry = LegalHold(
        subject=hold.subject,
        **kept,
        event=event,
        said=said,
        person=user.pk,
        by=lasting_name(user),
        roles=", ".join(roles_of(user)),
        at=timezone.now(),
    )
    entry.save()
    log(entry, f"legal_holds.{event.value}", user=user, data={"what": entry.what, "reason": said})
    return entry

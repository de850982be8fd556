"""The urgent withdrawal: one person ends a label at once, and a second one says afterwards what they think.

It ends the label in its live words; a draft of it stays a draft, in no review any more. It stands
whatever the second person says, and from then on this label does not come back: only a new one does.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Revision

from home.access import is_legal_in
from home.exceptions import RefusedError
from home.locking import hold_row
from region_gate import clock
from region_gate.models import Edition
from region_gate.signoff import acting_as, lasting_name
from therapies.guard.label_ending import take_down_what_is_left
from therapies.models import Label
from therapies.models.in_force import Status

from .. import four_eyes
from .models import SecondOpinion, UrgentWithdrawal

ACTION = "review.withdraw_urgently"


@transaction.atomic
def withdraw_at_once(number: int, user: Any, reason: str) -> UrgentWithdrawal:
    """End the label numbered so now, by `user` alone, and take down its pages as its region has chosen.

    Raises RefusedError where it is another region's, or not in force.
    """
    Edition.lock()
    hold_row(Label, number)
    label = Label.objects.select_related("product", "region").get(pk=number)
    check_may_withdraw(label, user)
    draft = label.latest_revision if label.latest_revision_id != label.live_revision_id else None
    with acting_as(user):
        withdrawal = _end(label, user, reason)
        if draft:
            _keep_draft(draft)
        take_down_what_is_left(Label.objects.get(pk=number), at_once=True)
    return withdrawal


def check_may_withdraw(label: Label, user: Any) -> None:
    """Raise RefusedError where `user` may not end `label` at once, or it is not in force."""
    if not is_legal_in(label.region, user):
        raise RefusedError(_("Only the legal team of %(region)s ends its labels.") % {"region": label.region})
    if label.is_in_force(clock.today()):
        return
    last = label.urgent_withdrawals.select_related("by").first()
    if last:
        values = {"person": lasting_name(last.by), "moment": _moment(last.at)}
        raise RefusedError(_("%(person)s has withdrawn this label already, on %(moment)s.") % values)
    raise RefusedError(_("This label is not in force today, so there is nothing to end at once."))


def _end(label: Label, user: Any, reason: str) -> UrgentWithdrawal:
    """Publish that the live `label` has ended today, and nothing else of it."""
    label.status, label.withdrawn_on = Status.WITHDRAWN, clock.today()
    revision = label.save_revision(user=user, clean=False)
    withdrawal = UrgentWithdrawal(
        label=label, revision=revision, ended_on=label.withdrawn_on, reason=reason, by=user
    )
    withdrawal.save()
    revision.publish(user=user, skip_permission_checks=True, log_action=ACTION)
    return withdrawal


def _keep_draft(draft: Revision) -> None:
    """Have the editor go on with `draft`, which is as unpublished as before."""
    thing: Any = draft.as_object()
    thing.save_revision(user=draft.user, clean=False)


def may_decide(withdrawal: UrgentWithdrawal, user: Any) -> bool:
    """Say whether `user` is the second person who may speak on `withdrawal`."""
    is_second = user.pk != withdrawal.by_id or not four_eyes.is_required()
    return is_second and is_legal_in(withdrawal.label.region, user)


@transaction.atomic
def decide(withdrawal: UrgentWithdrawal, user: Any, *, is_confirmed: bool, reason: str) -> SecondOpinion:
    """Keep what `user` says of `withdrawal`. Raises RefusedError where it is not theirs to say, or said."""
    Edition.lock()
    if not may_decide(withdrawal, user):
        raise RefusedError(_("Another person of the legal team must decide about this."))
    if said := SecondOpinion.objects.filter(withdrawal=withdrawal).select_related("by").first():
        values = {"person": lasting_name(said.by), "moment": _moment(said.at)}
        raise RefusedError(_("%(person)s has decided about this already, on %(moment)s.") % values)
    opinion = SecondOpinion(withdrawal=withdrawal, is_confirmed=is_confirmed, reason=reason, by=user)
    opinion.save()
    return opinion


def is_urgent_end(thing: Any) -> bool:
    """Say whether what goes live is just what an urgent withdrawal made of a label: no review is needed."""
    if not isinstance(thing, Label) or thing.status != Status.WITHDRAWN or thing.withdrawn_on is None:
        return False
    made = UrgentWithdrawal.objects.filter(label=thing.pk, revision=thing.live_revision_id)
    return made.filter(ended_on=thing.withdrawn_on).exists()


def check_stays_withdrawn(label: Label) -> None:
    """Raise RefusedError where a label that an urgent withdrawal ended, or came after, would be in force."""
    ended = _withdrawal_after(label) if label.pk and label.live else None
    if ended is None:
        return
    is_over = label.withdrawn_on and label.withdrawn_on <= ended.ended_on
    if not is_over or (ended.label_id == label.pk and label.status != Status.WITHDRAWN):
        words = _("This label was withdrawn urgently on %(day)s and stays so. Write a new label instead.")
        raise RefusedError(words % {"day": date_format(ended.ended_on)})


def _withdrawal_after(label: Label) -> UrgentWithdrawal | None:
    """Return the urgent withdrawal of `label`, else of another one after its end; None without one."""
    if own := label.urgent_withdrawals.first():
        return own
    stored = Label.objects.ended(clock.today()).filter(pk=label.pk).first()
    if stored is None or stored.first_published_at is None:
        return None
    same = UrgentWithdrawal.objects.filter(label__product=label.product_id, label__region=label.region_id)
    return same.filter(at__gte=stored.first_published_at, ended_on__gte=stored.withdrawn_on).first()


def _moment(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i")

"""A region's choice for when a label ends: two people of legal keep pages up, one has them come down."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from home.access import is_legal_in
from home.exceptions import RefusedError
from home.models import Region
from region_gate.models import Edition
from region_gate.signoff import acting_as
from therapies.guard.label_ending import take_down_in
from therapies.models import EndingChoice, Label
from therapies.page_record.labels import settle_label

from .. import four_eyes


@transaction.atomic
def choose(region: Region, user: Any, *, keeps_up: bool, reason: str) -> EndingChoice:
    """Keep what `user` chooses for `region`: in force at once, or to be confirmed if pages are to stay up."""
    Edition.lock()
    _check_is_theirs(region, user)
    is_in_force = not keeps_up or not four_eyes.is_required()
    return _kept(region, user, keeps_up=keeps_up, is_in_force=is_in_force, reason=reason)


@transaction.atomic
def confirm(proposal: EndingChoice, user: Any) -> EndingChoice:
    """Put `proposal` in force, by somebody else. Raises RefusedError for one's own, or an older one."""
    Edition.lock()
    region = proposal.region
    if region is None or EndingChoice.objects.proposal(region) != proposal:
        raise RefusedError(_("This proposal is not the last any more."))
    _check_is_theirs(region, user)
    if proposal.by_id == user.pk:
        raise RefusedError(_("Another person of the legal team must confirm this."))
    return _kept(region, user, keeps_up=proposal.keeps_up, is_in_force=True, reason=proposal.reason)


def _check_is_theirs(region: Region, user: Any) -> None:
    if not is_legal_in(region, user):
        raise RefusedError(_("Only the legal team of %(region)s decides this.") % {"region": region})


def _kept(region: Region, user: Any, **values: Any) -> EndingChoice:
    """Put the choice on record; where it is in force, have the pages and the labels' record follow it."""
    choice = EndingChoice(region=region, by=user, **values)
    choice.save()
    if choice.is_in_force:
        with acting_as(user):
            take_down_in(region)
        for label in Label.objects.filter(region=region, live=True).exclude(withdrawn_on=None):
            settle_label(label)
    return choice

"""What of the endings waits for a second person of legal, in the list of what needs attention."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from region_gate.signoff import lasting_name
from therapies.models import EndingChoice
from therapies.reports.alerts import ALERTS_HOOK, Alert, Source, Watch

from .models import UrgentWithdrawal
from .taking_down import may_answer, open_requests
from .withdrawing import may_decide


def withdrawals_to_confirm(watch: Watch) -> Iterator[Alert]:
    """Give the urgent withdrawals on which the person may speak."""
    for one in UrgentWithdrawal.objects.waiting():
        if one.label.region_id in watch.reach.legal and may_decide(one, watch.user):
            why = _("{person} ended it at once: “{reason}” Say whether that was right.")
            why = why.format(person=lasting_name(one.by), reason=one.reason)
            yield Alert(
                one.label.region.code, str(one), why, reverse("withdrawal", args=[one.pk]), one.ended_on
            )


def requests_to_answer(watch: Watch) -> Iterator[Alert]:
    """Give the requests to take pages down that the person may answer."""
    for asked in open_requests(watch.reach.legal):
        if may_answer(asked, watch.user):
            why = _("{person} asks you to take it down: “{reason}”")
            why = why.format(person=lasting_name(asked.by), reason=asked.reason)
            yield Alert(asked.region.code, asked.title, why, reverse("take_down_request", args=[asked.pk]))


def choices_to_confirm(watch: Watch) -> Iterator[Alert]:
    """Give the proposals to keep pages up which the person may confirm."""
    for region in watch.reach.own:
        proposal = EndingChoice.objects.proposal(region) if region.pk in watch.reach.legal else None
        if proposal and proposal.by_id != watch.user.pk:
            why = _("It is proposed to keep pages up when their label ends.")
            yield Alert(region.code, region.name, why, reverse("ending_choices"))


@hooks.register(ALERTS_HOOK)
def attention_to_withdrawals() -> Source:
    """Add the urgent withdrawals."""
    return Source("withdrawals", gettext_lazy("Urgent withdrawals to confirm"), withdrawals_to_confirm, 5)


@hooks.register(ALERTS_HOOK)
def attention_to_requests() -> Source:
    """Add the requests."""
    return Source("take-downs", gettext_lazy("Requests to take pages down"), requests_to_answer, 6)


@hooks.register(ALERTS_HOOK)
def attention_to_choices() -> Source:
    """Add the proposals."""
    return Source("endings", gettext_lazy("Choices to confirm"), choices_to_confirm, 7)

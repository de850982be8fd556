"""Who is told by e-mail what has ended: the region’s teams, each in their language."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.mail import both_teams, editors_people, legal_people, write
from home.models import Region
from region_gate.pipeline import Event, Stage, step
from region_gate.signoff import lasting_name
from therapies.models import LabelEnd

from .models import SecondOpinion, TakeDownAnswer, TakeDownRequest, UrgentWithdrawal

logger = logging.getLogger(__name__)
# Who could not be written to in the request that is being answered.
_unsent: ContextVar[list[str]] = ContextVar("unsent")


@step(Event.POST_SAVE, Stage.MAIL, LabelEnd)
def write_that_a_label_has_ended(instance: LabelEnd, **kwargs: Any) -> None:
    """Tell both teams that a label has ended, and which of its pages came down and which stay."""
    given = {"end": instance, "down": instance.numbers_down, "up": instance.numbers_up}
    _write(both_teams(instance.region), "label_ended", given)


@step(Event.POST_SAVE, Stage.MAIL, UrgentWithdrawal)
def write_to_the_second_person(instance: UrgentWithdrawal, **kwargs: Any) -> None:
    """Ask the others of the legal team for their opinion."""
    others = legal_people(instance.label.region).exclude(pk=instance.by_id)
    given = {"withdrawal": instance, "person": lasting_name(instance.by)}
    _write(others, "withdrawn", {**given, "address": _address("withdrawal", instance.pk)})


@step(Event.POST_SAVE, Stage.MAIL, SecondOpinion)
def write_what_the_second_person_says(instance: SecondOpinion, **kwargs: Any) -> None:
    """Tell both teams what was said of an urgent withdrawal."""
    given = {"opinion": instance, "person": lasting_name(instance.by)}
    _write(both_teams(instance.withdrawal.label.region), "opinion", given)


@step(Event.POST_SAVE, Stage.MAIL, TakeDownRequest)
def write_what_is_asked(instance: TakeDownRequest, **kwargs: Any) -> None:
    """Tell legal that an editor asks for a page to come down."""
    given = {"asked": instance, "person": lasting_name(instance.by)}
    address = _address("take_down_request", instance.pk)
    _write(legal_people(instance.region), "request", {**given, "address": address})


@step(Event.POST_SAVE, Stage.MAIL, TakeDownAnswer)
def write_the_answer(instance: TakeDownAnswer, **kwargs: Any) -> None:
    """Tell whoever asked what legal answered."""
    asker = get_user_model().objects.filter(pk=instance.request.by_id, is_active=True).exclude(email="")
    _write(asker, "answer", {"answer": instance, "person": lasting_name(instance.by)})


def write_taken_down(region: Region, pages: Iterable[Page], user: Any, reason: str) -> None:
    """Tell the editors of `region` which pages `user`, of legal, took down, and why."""
    given = {"down": [page.pk for page in pages], "person": lasting_name(user), "reason": reason}
    _write(
        both_teams(region) if user is None else editors_people(region),
        "taken_down",
        {**given, "region": region},
    )


def _address(name: str, *args: Any) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name, args=args)}"


@contextmanager
def failures_told(request: HttpRequest) -> Iterator[None]:
    """Tell whoever decides something by `request` who could not be written to about it."""
    unsent: list[str] = []
    token = _unsent.set(unsent)
    try:
        yield
    finally:
        _unsent.reset(token)
    if unsent:
        said = _("No e-mail could be sent to %(people)s. Tell them yourself.")
        messages.warning(request, said % {"people": ", ".join(dict.fromkeys(unsent))})


def _write(people: Any, template: str, given: dict[str, Any]) -> None:
    """Write to each of `people`; where that fails, the log has it, and whoever decided is told."""
    for name in ("down", "up"):
        numbers = given.get(name, ())
        given = {**given, f"pages_{name}": [*Page.objects.filter(pk__in=numbers).order_by("path")]}
    for person in people:
        try:
            with transaction.atomic():
                write(person, f"review/endings/mail/{template}.txt", given)
        except Exception:  # whatever it is, the others are written to
            logger.exception("“%s” could not be sent to person %s.", template, person.pk)
            _unsent.get([]).append(lasting_name(person))

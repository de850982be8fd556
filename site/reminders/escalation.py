"""Escalation: what nobody has done so many days past its date reaches a person who is named for it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import get_language, override

from home.mail import administrators, language_of, write
from home.models import Region
from region_gate import clock

from . import conf
from .addresses import whole_address
from .matters import Matter, matters_past
from .models import Reminder

# To the region's named person, then to the administrators as well.
FIRST, SECOND = "escalated-1", "escalated-2"


def step_of(matter: Matter, today: date) -> str:
    """Return the step that `matter` has come to; blank while it is not past its date for long enough."""
    days = conf.escalation_days(is_urgent=matter.alert.is_urgent)
    past = matter.days_past(today)
    return SECOND if past >= 2 * days else FIRST if past >= days else ""


@transaction.atomic
def escalate() -> str:
    """Tell the people who are named of what has come to a further step, each in one mail; return how many.

    A matter that has come to its second step meanwhile is told of once. All are told and noted, or none.
    """
    today = clock.today()
    regions = {
        one.code: one
        for one in Region.objects.select_for_update(of=("self",), no_key=True).select_related("escalates_to")
    }
    found = [*matters_past(today)]
    due = [(matter, step) for matter in found if (step := step_of(matter, today))]
    told = _told(due)
    fresh = [*{(one.key, step): (one, step) for one, step in due if one.key not in told[step]}.values()]
    people: dict[Any, list[Matter]] = {}
    for matter, step in fresh:
        named = _people(regions.get(matter.alert.region), step)
        for person in named:
            people.setdefault(person, []).append(matter)
        _note(matter, step, named)
    _write_to(people, {get_language(): found}, today)
    return f"{len(fresh)} escalated."


def _told(due: Iterable[tuple[Matter, str]]) -> dict[str, set[str]]:
    """Return, by step, the matters of `due` that were told of at it or at a later one."""
    rows = Reminder.objects.filter(step__in=(FIRST, SECOND), matter__in=[matter.key for matter, _step in due])
    told = [*rows.values_list("matter", "step")]
    second = {matter for matter, step in told if step == SECOND}
    return {FIRST: {matter for matter, _step in told}, SECOND: second}


def _people(region: Region | None, step: str) -> list[Any]:
    """Return who is told: the region's named person, and administrators where there is none, or later on."""
    person = region.escalates_to if region else None
    named = [person] if person and person.is_active and person.email else []
    others = [*administrators()] if step == SECOND or not named else []
    return [*dict.fromkeys([*named, *others])]


def _note(matter: Matter, step: str, named: Iterable[Any]) -> None:
    Reminder.objects.create(
        matter=matter.key,
        step=step,
        region=matter.alert.region,
        subject=matter.alert.subject[:255],
        due=matter.due,
        told=[person.get_username() for person in named],
    )


def _write_to(
    people: Mapping[Any, Iterable[Matter]], found: dict[str | None, list[Matter]], today: date
) -> None:
    """Write to each of `people`, in words of their language.

    What is past is looked for once for each language, and not again for those in `found`.
    """
    for person, due in people.items():
        keys = {matter.key for matter in due}
        with override(language := language_of(person)):
            if language not in found:
                found[language] = [*matters_past(today)]
            _write(person, [one for one in found[language] if one.key in keys], today)


def _write(person: Any, matters: list[Matter], today: date) -> None:
    told = [(one, one.days_past(today), whole_address(one.alert.address)) for one in matters]
    given = {"matters": told, "number": len(told), "address": whole_address("attention")}
    write(person, "reminders/mail/escalation.txt", given)

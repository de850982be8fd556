"""Daily and weekly digests: what needs a person's attention, in one mail, as *Attention* lists it."""

import logging
from datetime import date, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import override

from home.access import LEGAL, is_in_a_team
from home.mail import language_of, reachable_people, write
from jobs.exceptions import JobFailedError
from region_gate import clock
from region_gate.retention import purgeable
from therapies.reports.alerts import AlertGroup, Watch, alert_groups
from therapies.reports.permissions import may_read

from .addresses import whole_address
from .models import Digest, DigestChoice, DigestFrequency

logger = logging.getLogger(__name__)
MAX_LISTED = 10  # matters of a kind; the list in the admin has them all
KEPT = timedelta(days=90)


def is_legal(person: Any) -> bool:
    """Say whether `person` is legal in any region: then their digest is weekly at least."""
    return bool(person.is_superuser or is_in_a_team(person, LEGAL))


def frequency_of(person: Any) -> str:
    """Return how often `person` gets a digest: as they chose, legal no less often than weekly."""
    choice = DigestChoice.objects.filter(person=person).first()
    chosen = choice.frequency if choice else DigestFrequency.WEEKLY.value
    is_off = chosen == DigestFrequency.NONE and is_legal(person)
    return DigestFrequency.WEEKLY.value if is_off else chosen


def begin_of_period(frequency: str, today: date) -> date:
    """Return the first day of the day or week that a digest of today is for."""
    return today if frequency == DigestFrequency.DAILY else today - timedelta(days=today.weekday())


def send_digests() -> str:
    """Send everybody the digest of their day or week that they have not got yet; return how many that were.

    What breaks off is made good by the next try: each is sent and noted in one transaction.
    """
    today, failed, sent = clock.today(), 0, 0
    for person in reachable_people():
        try:
            sent += _send(person.pk, today)
        except Exception:  # whatever it is, the others get theirs
            logger.exception("The digest of the person %s could not be made.", person.pk)
            failed += 1
    with transaction.atomic():
        purgeable(Digest.objects.filter(begins__lt=today - KEPT)).delete()
    if failed:
        raise JobFailedError(f"{sent} sent, {failed} could not be made.", is_final=False)
    return f"{sent} sent."


@transaction.atomic
def _send(key: int, today: date) -> bool:
    """Send the person's digest unless it has been, or there is nothing to say; say whether it was sent."""
    person = get_user_model()._default_manager.select_for_update().get(pk=key)
    frequency = frequency_of(person)
    begins = begin_of_period(frequency, today)
    if frequency == DigestFrequency.NONE or not may_read(person):
        return False
    if Digest.objects.filter(person=person, begins=begins).exists():
        return False
    with override(language_of(person)):
        found = parts_for(person)
    number = sum(part.number for part in found)
    Digest.objects.create(person=person, begins=begins, number=number)
    if number:
        told = [(part, [(one, whole_address(one.address)) for one in part.alerts]) for part in found]
        given = {"parts": told, "number": number, "is_daily": frequency == DigestFrequency.DAILY}
        address = whole_address("attention")
        write(person, "reminders/mail/digest.txt", {**given, "person": person, "address": address})
    return bool(number)


def parts_for(person: Any) -> list[AlertGroup]:
    """Return what needs the attention of `person`, the urgent kinds first, in the active language."""
    return alert_groups(Watch(person), MAX_LISTED)

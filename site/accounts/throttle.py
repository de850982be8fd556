"""Growing pauses after what was tried in vain, or sent too often: the door is never shut, guessing is slow.

They are kept in the database, so that all processes and machines count together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from .client_address import client_network
from .models import KnownAddress, Pause

MEMORY = timedelta(days=1)  # what nobody tries for so long is forgotten


@dataclass(frozen=True)
class Limit:
    """How often something may fail before a pause follows, which doubles each time, up to the longest."""

    free: int
    longest: int  # seconds

    def pause(self, failures: int) -> timedelta:
        """Return how long to wait after so many `failures`."""
        beyond = failures - self.free
        return timedelta(seconds=min(2 ** min(beyond, 20), self.longest) if beyond > 0 else 0)


# A person at one address; anybody anywhere as that person; one address as anybody.
PERSON_HERE, PERSON, HERE = Limit(4, 900), Limit(10, 60), Limit(20, 300)
# One address as one person, and as anybody; anybody anywhere as one person, which nobody can make long.
RESET_FOR, RESET_HERE, RESET_ANYWHERE = Limit(2, 3600), Limit(10, 900), Limit(50, 60)

# One address as whoever writes by a contact form: a whole hospital may share it.
MESSAGE_HERE = Limit(5, 600)


class PausedError(Exception):
    """It is too early for another attempt, which waits for so many `seconds`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, round(seconds))


@dataclass(frozen=True)
class Attempt:
    """One attempt, counted as a failure from its start, so that many at once gain nothing."""

    limits: Mapping[str, Limit]

    @classmethod
    def to_sign_in(cls, request: HttpRequest, name: str) -> Self:
        """Return the attempt of whoever sends `request` to be the person called `name`."""
        address, name = client_network(request), name.casefold()
        limits = {hashed("person here", name, address): PERSON_HERE, hashed("here", address): HERE}
        if not _is_known(address, username__iexact=name):
            limits[hashed("person", name)] = PERSON
        return cls(limits)

    @classmethod
    def to_enter_code(cls, request: HttpRequest, user_pk: object) -> Self:
        """Return the attempt at a code of the second factor of a person who has given their password."""
        person = str(user_pk)
        here = hashed("code here", person, client_network(request))
        return cls({here: PERSON_HERE, hashed("code", person): PERSON})

    @classmethod
    def to_reset(cls, request: HttpRequest, email: str) -> Self:
        """Return the attempt to have a new password for whoever has `email`."""
        address, email = client_network(request), email.casefold()
        limits = {hashed("reset here", address): RESET_HERE, hashed("reset", email, address): RESET_FOR}
        if not _is_known(address, email__iexact=email):
            limits[hashed("reset", email)] = RESET_ANYWHERE
        return cls(limits)

    @classmethod
    def to_write(cls, request: HttpRequest) -> Self:
        """Return the attempt of whoever sends `request` to write to us by a contact form."""
        return cls({hashed("message here", client_network(request)): MESSAGE_HERE})

    @transaction.atomic
    def start(self) -> None:
        """Count the attempt. Raises PausedError, and counts nothing, where a pause is not over."""
        now = timezone.now()
        blank = [Pause(key=key, failed_at=now, until=now) for key in self.limits]
        Pause.objects.bulk_create(blank, ignore_conflicts=True)
        pauses = [*Pause.objects.select_for_update().filter(key__in=self.limits).order_by("key")]
        if (longest := max(pause.seconds(now) for pause in pauses)) > 0:
            raise PausedError(longest)
        for pause in pauses:
            self._count(pause, now)

    def _count(self, pause: Pause, now: datetime) -> None:
        is_old = pause.failed_at < now - MEMORY
        pause.failures = 1 if is_old else pause.failures + 1
        pause.failed_at = now
        pause.until = now + self.limits[pause.key].pause(pause.failures)
        pause.save()

    @transaction.atomic
    def succeed(self) -> None:
        """Take the attempt back; what one address tries as one person starts afresh."""
        now = timezone.now()
        ours = Pause.objects.filter(key__in=self.limits)
        ours.filter(key__in=[key for key, limit in self.limits.items() if limit is PERSON_HERE]).delete()
        ours.update(failures=Greatest(F("failures") - 1, 0), until=now)


def forgotten() -> QuerySet[Pause]:
    """Return the pauses after what nobody has tried for long enough."""
    return Pause.objects.filter(failed_at__lt=timezone.now() - MEMORY)


def paused(error: PausedError) -> ValidationError:
    """Return what a person is told who has to wait."""
    told = ngettext(
        "Too many attempts. Please wait %(seconds)d second.",
        "Too many attempts. Please wait %(seconds)d seconds.",
        error.seconds,
    )
    return ValidationError(told % {"seconds": error.seconds}, code="paused")


def remember(request: HttpRequest, user_pk: object) -> None:
    """Keep that a person has signed in from the address of `request`."""
    KnownAddress.objects.get_or_create(user_id=user_pk, address=hashed("known", client_network(request)))


def hashed(*words: str) -> str:
    """Return what stands for `words`, which cannot be told from it without SECRET_KEY."""
    return salted_hmac("accounts.throttle", "\0".join(words), algorithm="sha256").hexdigest()


def _is_known(address: str, **who: str) -> bool:
    """Say whether one of those people `who` describes has signed in from `address` before."""
    people = get_user_model().objects.filter(**who)
    return KnownAddress.objects.filter(user__in=people, address=hashed("known", address)).exists()

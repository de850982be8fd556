"""How often, and after which pauses, something is tried again."""

from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused, SMTPResponseException

from django.core.exceptions import ObjectDoesNotExist

from .exceptions import InterruptedJobError, JobFailedError

Pauses = Sequence[timedelta]


def minutes(*numbers: int) -> Pauses:
    """Return pauses of so many minutes each."""
    return tuple(timedelta(minutes=number) for number in numbers)


USUAL_PAUSES = minutes(1, 3, 10, 30, 60)
# Minutes, then hours: two and a half days in all.
MAIL_PAUSES = minutes(1, 5, 15, 60, 3 * 60, *[6 * 60] * 3, *[12 * 60] * 3)
LONGEST_PAUSE = timedelta(hours=12)
PERMANENT = 500  # the SMTP codes from which on the server will say the same again (RFC 5321, 4.2.1)


def pause_after(error: BaseException, tries: int, pauses: Pauses) -> timedelta | None:
    """Return how long to wait after the try number `tries` ended in `error`; None where there is no other."""
    if isinstance(error, InterruptedJobError):
        return timedelta(0) if tries <= len(pauses) or tries < MIN_TRIES else None
    if is_final(error) or tries > len(pauses):
        return None
    return pauses[tries - 1]


# Of what was interrupted, which says nothing against the thing itself.
MIN_TRIES = 3


def is_final(error: BaseException) -> bool:
    """Say whether another try would end the same way."""
    match error:
        case JobFailedError():
            return error.is_final
        case SMTPAuthenticationError():  # somebody may put the password right
            return False
        case SMTPResponseException():
            return error.smtp_code >= PERMANENT
        case SMTPRecipientsRefused():
            return all(code >= PERMANENT for code, _said in error.recipients.values())
    return isinstance(error, ObjectDoesNotExist)  # what it is about is gone


def told(error: BaseException) -> str:
    """Return what the reports say of `error`: no word that might be about a person, but our own."""
    if isinstance(error, JobFailedError):
        return error.said
    kind = type(error).__name__
    return f"{kind} {error.smtp_code}" if isinstance(error, SMTPResponseException) else kind

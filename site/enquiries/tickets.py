"""Tickets: what a contact form carries to say that it is ours, and since when somebody has had it.

A ticket stands in the place of a cookie: it is a random number under a keyed signature, so visitors of a form
keep nothing, and the page differs for nobody by who they are. It serves one region, a day, and one enquiry:
whoever sends the form twice has sent it once.
"""

import secrets
from typing import Final

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

SALT = "enquiries.ticket"
SOONEST = 3  # seconds: nobody writes a message faster
LONGEST = 24 * 60 * 60

TOO_SOON: Final = "too soon"
TOO_LATE: Final = "too late"
UNKNOWN: Final = "unknown"


class TicketError(Exception):
    """A ticket that is not taken; `why` is one of the three above."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def issue(region: str) -> str:
    """Return a ticket for a form of the region with this code."""
    return _signer(region).sign(secrets.token_hex(16))


def number_of(ticket: str, region: str) -> str:
    """Return the number of a ticket of this region. Raises TicketError where it is not taken now."""
    signer = _signer(region)
    try:
        number = signer.unsign(ticket, max_age=LONGEST)
    except SignatureExpired:
        raise TicketError(TOO_LATE) from None
    except BadSignature:
        raise TicketError(UNKNOWN) from None
    if _is_younger(ticket, signer):
        raise TicketError(TOO_SOON)
    return number


def _is_younger(ticket: str, signer: TimestampSigner) -> bool:
    try:
        signer.unsign(ticket, max_age=SOONEST)
    except SignatureExpired:
        return False
    return True


def _signer(region: str) -> TimestampSigner:
    return TimestampSigner(salt=f"{SALT}.{region}")

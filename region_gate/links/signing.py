"""Gate addresses: a destination and the region it is left from, under a keyed signature.

What is live signs for everybody, and for good, so that its pages stay cacheable. What is not live
signs for one person, for minutes. Parameters that others append on the way (campaigns, click
numbers) are neither read nor passed on.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from hmac import HMAC
from typing import NamedTuple
from urllib.parse import quote, unquote_plus

from django.utils.crypto import constant_time_compare, salted_hmac

PARAMETERS = {"to", "from", "sig"}
LOAN_PARAMETERS = {*PARAMETERS, "for", "until"}
MAX_QUERY_LENGTH = 16_384  # characters
MAX_PARAMETERS = 100
READABLE = ":/?="
# Proxies allow 8,000 characters for an address. The quoted form may be three times as long as a
# destination, the other one is a third longer.
MAX_QUOTED_LENGTH = 5_400
# What texts and mail programs leave in front of a name and behind the last value.
ESCAPED_AMPERSAND = re.compile(r"\A(?:amp;)+")
TRAILING = " .,:;!?)]}>*'\"“”„‘’‚«»‹›…"


class Salt(StrEnum):
    """What a signature says of where the link was found."""

    LIVE = "region_gate.live"
    DRAFT = "region_gate.draft"
    # With this one, drafts once signed like live pages: it is read and never written.
    EARLIER = "region_gate"


class InvalidSignatureError(Exception):
    """An invalid gate address; `query` is what was sent."""

    def __init__(self, query: str) -> None:
        """Keep the refused `query`."""
        super().__init__(type(self).__doc__)
        self.query = query


class MalformedError(InvalidSignatureError):
    """Not our parameters, each once, in readable ASCII, in a query of a sensible length."""


class ForgedError(InvalidSignatureError):
    """The signature is not ours for this destination and region."""


class SignedCrossing(NamedTuple):
    """A link to a destination (an absolute address) from a region (its code; blank for none)."""

    to: str
    origin: str


class Loan(NamedTuple):
    """Who may open a draft's gate address (a person's key; blank for nobody) and until when (Unix time)."""

    person: str
    until: str


class Signed(NamedTuple):
    """What a gate address says: the crossing, its salt, and for drafts the loan (else None)."""

    crossing: SignedCrossing
    salt: Salt
    loan: Loan | None = None


class Keys:
    """The keys of gate addresses, derived once from secrets: the first signs, all verify."""

    def __init__(self, *secrets: str | bytes) -> None:
        """Derive the keys from `secrets`, the current one first, then those being rotated out."""
        if not secrets:
            raise ValueError("There is no secret to sign with.")
        self._macs = {
            salt: [salted_hmac(salt.value, b"", secret, algorithm="sha256") for secret in secrets]
            for salt in Salt
        }
        self._signing = self._macs[Salt.LIVE][0]

    def sign(self, crossing: SignedCrossing) -> str:
        """Return the signature of `crossing` on a live page: always the same one.

        Raises ValueError for a line break, which the standard's spelling of an address cannot hold.
        """
        return _signature(self._signing, _message(crossing))

    def sign_draft(self, crossing: SignedCrossing, loan: Loan) -> str:
        """Return the signature of `crossing` in a draft. Raises ValueError for a line break."""
        return _signature(self._macs[Salt.DRAFT][0], _message(crossing, loan))

    def salt_of(self, crossing: SignedCrossing, signature: str, loan: Loan | None = None) -> Salt | None:
        """Return the salt with which one of the keys gave `signature` to `crossing`, None if none did."""
        try:
            message = _message(crossing, loan)
        except ValueError:
            return None
        salts = (Salt.DRAFT,) if loan else (Salt.LIVE, Salt.EARLIER)
        return next((salt for salt in salts if self._has_signed(salt, message, signature)), None)

    def _has_signed(self, salt: Salt, message: str, signature: str) -> bool:
        return any(constant_time_compare(signature, _signature(mac, message)) for mac in self._macs[salt])


def gate_address(path: str, crossing: SignedCrossing, keys: Keys) -> str:
    """Return the address of the notice for `crossing` on a live page; `path` is the notice page's."""
    return f"{path}?{_query(crossing)}&sig={keys.sign(crossing)}"


def draft_address(path: str, crossing: SignedCrossing, loan: Loan, keys: Keys) -> str:
    """Return the address of the notice for `crossing` in a draft, which opens on the terms of `loan`."""
    signature = keys.sign_draft(crossing, loan)
    return f"{path}?{_query(crossing)}&for={quote(loan.person, safe='')}&until={loan.until}&sig={signature}"


def read(query: str, keys: Keys) -> Signed:
    """Return what a gate address says, from its query string (encoded, without "?").

    Raises MalformedError or ForgedError.
    """
    fields = _fields(query)
    crossing = SignedCrossing(fields["to"], fields["from"])
    loan = Loan(fields["for"], fields["until"]) if "for" in fields else None
    salt = keys.salt_of(crossing, fields["sig"], loan)
    if salt is None:
        raise ForgedError(query)
    return Signed(crossing, salt, loan)


def _query(crossing: SignedCrossing) -> str:
    return f"to={_written(crossing.to)}&from={_quoted_code(crossing.origin)}"


def _written(address: str) -> str:
    """Return `address` quoted, or in base64url (RFC 4648, section 5) where that would be long.

    The two are told apart by the colon, which every absolute address has and base64url never.
    """
    quoted = quote(address, READABLE)
    return quoted if ":" in address and len(quoted) <= MAX_QUOTED_LENGTH else _encoded(address.encode())


def _as_meant(written: str) -> str:
    """Return the address that `_written` wrote. Raises ValueError for what it would never write."""
    if ":" in written:
        return written
    address = urlsafe_b64decode(f"{written}==")
    if _encoded(address) != written:
        raise ValueError("This is not base64url.")
    return address.decode()


@lru_cache(maxsize=1000)
def _quoted_code(code: str) -> str:
    """Return a region's code, quoted; cached, since every link needs it."""
    return quote(code, safe="")


def _fields(query: str) -> dict[str, str]:
    if len(query) > MAX_QUERY_LENGTH or query.count("&") > MAX_PARAMETERS:
        raise MalformedError(query)
    try:
        pairs = [*_known(query)]
        fields = dict(pairs)
        if len(pairs) != len(fields) or fields.keys() not in (PARAMETERS, LOAN_PARAMETERS):
            raise MalformedError(query)
        return {**fields, "to": _as_meant(fields["to"])}
    except ValueError as error:
        raise MalformedError(query) from error


def _known(query: str) -> Iterator[tuple[str, str]]:
    """Give our parameters in `query`, without what others add. Raises ValueError for unreadable ones."""
    for parameter in query.split("&"):
        name, _, written = parameter.partition("=")
        name = ESCAPED_AMPERSAND.sub("", unquote_plus(name))
        if name in LOAN_PARAMETERS:
            if not written.isascii():
                raise ValueError("This is not ASCII.")
            value = unquote_plus(written, errors="strict")
            yield name, value.rstrip(TRAILING) if name == "sig" else value


def _message(crossing: SignedCrossing, loan: Loan | None = None) -> str:
    """Return what is signed: the values as lines, none of which can run into the next.

    Raises ValueError for a line break in one of them.
    """
    message = "\n".join((crossing.origin, crossing.to, *(loan or ())))
    if message.count("\n") != (3 if loan else 1):
        raise ValueError("A line break cannot be signed.")
    return message


def _signature(mac: HMAC, message: str) -> str:
    signing = mac.copy()
    signing.update(message.encode())
    return _encoded(signing.digest())


def _encoded(octets: bytes) -> str:
    return urlsafe_b64encode(octets).decode().rstrip("=")

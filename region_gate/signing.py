"""Gate addresses: a destination and the region it is left from, under a keyed signature."""

from base64 import urlsafe_b64encode
from functools import lru_cache
from hmac import HMAC
from typing import NamedTuple
from urllib.parse import parse_qsl, quote

from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "region_gate"
PARAMETERS = {"to", "from", "sig"}
LONGEST_QUERY = 8192
READABLE = ":/?="


class RefusedError(Exception):
    """A gate address that is not to be believed; `query` is what was wrong."""

    def __init__(self, query: str) -> None:
        """Keep the refused `query`."""
        super().__init__(type(self).__doc__)
        self.query = query


class MalformedError(RefusedError):
    """Not the three parameters, each once, in readable ASCII of a sensible length."""


class ForgedError(RefusedError):
    """The signature is not ours for this destination and region."""


class Passage(NamedTuple):
    """The way to a destination (an absolute address) from a region (its code; blank for none)."""

    to: str
    origin: str


class Keys:
    """The keys of gate addresses, derived once from secrets: the first signs, all verify."""

    def __init__(self, *secrets: str | bytes) -> None:
        """Derive the keys from `secrets`, the current one first, then those being rotated out."""
        if not secrets:
            raise ValueError("There is no secret to sign with.")
        self._macs = [salted_hmac(SALT, b"", secret, algorithm="sha256") for secret in secrets]

    def sign(self, passage: Passage) -> str:
        """Return the signature of `passage`: always the same one, so that pages stay cacheable.

        Raises ValueError for a line break, which the standard's spelling of an address cannot hold.
        """
        if "\n" in passage.to or "\n" in passage.origin:
            raise ValueError("A line break cannot be signed.")
        return _signature(self._macs[0], passage)

    def has_signed(self, passage: Passage, signature: str) -> bool:
        """Say whether one of the keys gave `signature` to `passage`."""
        return any(constant_time_compare(signature, _signature(mac, passage)) for mac in self._macs)


def gate_address(path: str, passage: Passage, keys: Keys) -> str:
    """Return the address of the notice for `passage`; `path` is the notice page's."""
    to, origin = quote(passage.to, READABLE), _quoted_code(passage.origin)
    return f"{path}?to={to}&from={origin}&sig={keys.sign(passage)}"


def read(query: str, keys: Keys) -> Passage:
    """Return the passage of a gate address, from its query string (encoded, without "?").

    Raises MalformedError or ForgedError.
    """
    fields = _fields(query)
    passage = Passage(fields["to"], fields["from"])
    if not keys.has_signed(passage, fields["sig"]):
        raise ForgedError(query)
    return passage


@lru_cache(maxsize=1000)
def _quoted_code(code: str) -> str:
    """Quote a region's code once, and not for every link."""
    return quote(code, safe="")


def _fields(query: str) -> dict[str, str]:
    if len(query) > LONGEST_QUERY or not query.isascii():
        raise MalformedError(query)
    try:
        pairs = parse_qsl(query, True, True, errors="strict", max_num_fields=len(PARAMETERS))
    except ValueError as error:
        raise MalformedError(query) from error
    fields = dict(pairs)
    if len(pairs) != len(PARAMETERS) or fields.keys() != PARAMETERS:
        raise MalformedError(query)
    return fields


def _signature(mac: HMAC, passage: Passage) -> str:
    """Sign both values as one message: it holds just one line break, so neither can run into the other."""
    signing = mac.copy()
    signing.update(f"{passage.origin}\n{passage.to}".encode())
    return urlsafe_b64encode(signing.digest()).decode().rstrip("=")

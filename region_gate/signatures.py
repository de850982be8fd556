"""Signatures under what is on record, as whoever has the keys makes and verifies them."""

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature (base64url, without padding), and the name of the key that made it; blank for none."""

    key: str = ""
    value: str = ""


class RecordSigner(Protocol):
    """What `REGION_GATE["SIGNER"]` names a function of: whoever signs the record, and knows its keys."""

    @property
    def published(self) -> dict[str, Any]:
        """Return the public halves of the keys, as a JWK set (RFC 8037)."""
        ...

    def sign(self, statement: str) -> Signature:
        """Return the present key's signature under `statement`."""
        ...

    def verifies(self, statement: str, signature: Signature) -> bool:
        """Say whether `signature` is one of our keys' under `statement`."""
        ...

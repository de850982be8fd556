"""The keys that sign the record: Ed25519 (RFC 8032), published as a JWK set (RFC 8037)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from region_gate.signatures import Signature

PUBLIC = "public:"  # begins what is a key's public half only
NAME_LENGTH = 16
MALFORMED = (
    "RECORD_SIGNING_KEY has to be 32 random bytes in base64url, as docs/operations.md says; after a comma, "
    f"older ones, or {PUBLIC} and their public halves."
)


class RecordKeys:
    """The keys as the environment has them: the first signs, all verify."""

    def __init__(self, signing: str, *older: str) -> None:
        """Read the keys. Raises ImproperlyConfigured for what is none."""
        try:
            self._signing = Ed25519PrivateKey.from_private_bytes(_bytes(signing))
            known = [self._signing.public_key(), *map(_public, older)]
        except ValueError as error:
            raise ImproperlyConfigured(MALFORMED) from error
        self._public = {name_of(key): key for key in known}
        self._name = name_of(known[0])

    def sign(self, statement: str) -> Signature:
        """Return the present key's signature under `statement`."""
        return Signature(self._name, _text(self._signing.sign(statement.encode())))

    def verifies(self, statement: str, signature: Signature) -> bool:
        """Say whether `signature` is one of our keys' under `statement`."""
        try:
            self._public[signature.key].verify(_bytes(signature.value), statement.encode())
        except (LookupError, ValueError, InvalidSignature):
            return False
        return True

    @property
    def published(self) -> dict[str, Any]:
        """Return the public halves, the one that signs first."""
        return {
            "keys": [
                {
                    "kty": "OKP",
                    "crv": "Ed25519",
                    "use": "sig",
                    "kid": name,
                    "x": _text(key.public_bytes_raw()),
                }
                for name, key in self._public.items()
            ]
        }


def name_of(key: Ed25519PublicKey) -> str:
    """Return the name of `key`: the start of its SHA-256, so that nobody can give it another's."""
    return sha256(key.public_bytes_raw()).hexdigest()[:NAME_LENGTH]


def signer() -> RecordKeys:
    """Return the keys that the settings name."""
    return _keys(*settings.RECORD_KEYS)


def read_keys(written: list[str]) -> list[str]:
    """Return the keys as the environment has `written` them, if any. Raises ImproperlyConfigured."""
    if written:
        RecordKeys(*written)
    return written


@lru_cache(maxsize=8)
def _keys(*written: str) -> RecordKeys:
    return RecordKeys(*written)


def _public(written: str) -> Ed25519PublicKey:
    if written.startswith(PUBLIC):
        return Ed25519PublicKey.from_public_bytes(_bytes(written.removeprefix(PUBLIC)))
    return Ed25519PrivateKey.from_private_bytes(_bytes(written)).public_key()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text.strip() + "=" * (-len(text.strip()) % 4))


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")

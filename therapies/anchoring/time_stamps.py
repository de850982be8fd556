"""Time-stamps of an authority that the environment names: RFC 3161."""

from base64 import b64decode, b64encode
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from urllib.request import Request, urlopen

from cryptography.x509 import Certificate, load_pem_x509_certificates
from django.conf import settings
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from .exceptions import StampError

QUERY = {"Content-Type": "application/timestamp-query"}
SECONDS = 30  # within which the authority has to answer
MAX_BYTES = 100_000  # of an answer
GRANTED = 0


def stamp(statement: str) -> str:
    """Return the authority's answer about `statement`, in base64; blank where no authority is named.

    Raises StampError.
    """
    if not settings.TIMESTAMP_URL:
        return ""
    builder = TimestampRequestBuilder().data(statement.encode()).hash_algorithm(HashAlgorithm.SHA256)
    asked = builder.build()
    try:
        request = Request(settings.TIMESTAMP_URL, asked.as_bytes(), QUERY)  # noqa: S310 - of our own setting
        with urlopen(request, timeout=SECONDS) as response:  # noqa: S310 - as above
            answer = response.read(MAX_BYTES)
        found = decode_timestamp_response(answer)
        if found.status != GRANTED:
            raise StampError(f"The authority refused: {found.status_string}.")
        if found.tst_info.nonce != asked.nonce:
            raise StampError("The authority answered another question.")
    except (OSError, HTTPException, ValueError) as error:
        raise StampError(
            f"The authority at {settings.TIMESTAMP_URL} gave no time-stamp: {error!r}"
        ) from error
    encoded = b64encode(answer).decode()
    if fault := fault_of(encoded, statement):
        raise StampError(fault)
    return encoded


def fault_of(time_stamp: str, statement: str) -> str:
    """Return what is wrong with a `time_stamp` of `statement`, blank for nothing.

    Whether it is the authority's is known only where its certificates are.
    """
    try:
        found = decode_timestamp_response(b64decode(time_stamp))
        if found.tst_info.message_imprint.message != sha256(statement.encode()).digest():
            return "The time-stamp is about something else."
        if roots := _roots():
            VerifierBuilder(roots=roots).build().verify_message(found, statement.encode())
    except OSError as error:
        return f"The authority’s certificates cannot be read: {error}"
    except (ValueError, VerificationError) as error:
        return f"The time-stamp is not the authority’s: {error}"
    return ""


def _roots() -> list[Certificate]:
    """Return the authority's certificates, none where the settings name none. Raises OSError, ValueError."""
    file = settings.TIMESTAMP_CERTIFICATES
    return [*dict.fromkeys(load_pem_x509_certificates(Path(file).read_bytes()))] if file else []


def token_of(time_stamp: str) -> str:
    """Return the token itself, which an outsider verifies, of the authority's answer; both in base64."""
    return b64encode(decode_timestamp_response(b64decode(time_stamp)).time_stamp_token()).decode()

"""What the DOI proxy knows (Handle.Net proxy REST API; DOI Handbook, "Resolution")."""

import json
import urllib.error
import urllib.request
from http import HTTPStatus

from django.conf import settings

from therapies.citing.dois import encoded

TIMEOUT = 10  # seconds
# Response codes of the API: the second stands for a handle without the values asked for.
KNOWN, VALUELESS, UNKNOWN = 1, 200, 100
MAX_ANSWER_BYTES = 100_000


class ProxyError(Exception):
    """The proxy gave no answer that tells anything about the DOI."""


def is_known(doi: str) -> bool:
    """Say whether the proxy knows `doi`. Raises ProxyError where it does not tell."""
    code = _response_code(f"{settings.DOI_PROXY}/api/handles/{encoded(doi)}?type=URL")
    if code not in (KNOWN, VALUELESS, UNKNOWN):
        raise ProxyError(f"it answered with code {code}")
    return code != UNKNOWN


def _response_code(address: str) -> int:
    request = urllib.request.Request(address, headers={"Accept": "application/json"})  # noqa: S310 - the setting is checked to be http or https
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 - see above
            return _code_in(answer.read(MAX_ANSWER_BYTES))
    except urllib.error.HTTPError as error:
        with error:
            if error.code == HTTPStatus.NOT_FOUND:
                return _code_in(error.read(MAX_ANSWER_BYTES))
            raise ProxyError(f"it answered with status {error.code}") from error
    except OSError as error:  # no network, no such host, a time-out
        raise ProxyError(f"it cannot be reached: {getattr(error, 'reason', error)}") from error


def _code_in(answer: bytes) -> int:
    try:
        return int(json.loads(answer)["responseCode"])
    except (ValueError, KeyError, TypeError) as error:
        raise ProxyError("its answer cannot be read") from error

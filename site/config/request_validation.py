"""Requests whose headers alone are invalid, refused before anything reads them."""

import codecs
from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.signals import request_started
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import parse_header_parameters

from region_gate.middleware import check_host

CONTENT_TYPE = "CONTENT_TYPE"
UNREADABLE = "config.unreadable_content_type"  # where the environment keeps what it replaces
CHARSETS = {"utf-8", "ascii"}  # of all that browsers send from our pages


class BadRequestMiddleware:
    """Refuses requests with an impossible host or an unreadable content type.

    Stands before what redirects to HTTPS by the host, and before what decodes the query or the form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand around `get_response`."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve `request`, or raise what Django answers with a 400."""
        check_host(request)
        if UNREADABLE in request.META:
            raise SuspiciousOperation(f"Unreadable Content-Type {request.META[UNREADABLE]!r}")
        return self.get_response(request)


@receiver(request_started)
def _set_aside(environ: dict[str, Any] | None = None, **kwargs: object) -> None:
    """Set an unreadable content type aside: Django would break over it before any middleware is asked."""
    if environ and not is_readable(environ.get(CONTENT_TYPE, "")):
        environ[UNREADABLE] = environ.pop(CONTENT_TYPE)


def is_readable(content_type: str) -> bool:
    """Say whether `content_type` is well-formed and names no charset but those that we read."""
    try:
        charset = parse_header_parameters(content_type)[1].get("charset")
        return charset is None or codecs.lookup(charset).name in CHARSETS
    except (LookupError, TypeError, ValueError):  # whatever the parser and the codecs stumble over
        return False

"""Each request is counted, and is a line in the access log: no visitor's address, no query, no person."""

import logging
from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.encoding import escape_uri_path

from . import metrics

logger = logging.getLogger("monitoring.access")

MAX_PATH = 500  # characters


class AccessMiddleware:
    """Counts and logs what was answered; stands just inside of what names the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand around `get_response`."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve `request`."""
        began, status = perf_counter(), 500
        try:
            response = self.get_response(request)
            status = response.status_code
        finally:
            _note(request, status, perf_counter() - began)
        return response


def _note(request: HttpRequest, status: int, seconds: float) -> None:
    """Count and log the answer to `request`."""
    match = request.resolver_match
    method = request.method or ""
    metrics.count(match.view_name if match else "", method, status, seconds)
    if logger.isEnabledFor(logging.INFO):
        path, milliseconds = escape_uri_path(request.path)[:MAX_PATH], round(seconds * 1000, 1)
        fields = {"method": method, "path": path, "status": status, "milliseconds": milliseconds}
        logger.info("%s %s %s %s ms", method, path, status, milliseconds, extra=fields)

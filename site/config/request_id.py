"""A name for each request, by which its lines in the log are found."""

import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.core.signals import request_finished
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.request import HttpHeaders
from django.http.response import HttpResponseBase

from .fallback_page import last_resort

logger = logging.getLogger(__name__)

HEADER = "X-Request-ID"
META_KEY = HttpHeaders.to_wsgi_name(HEADER)  # `request.headers` would read all of them
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")

NONE = "-"

_current: ContextVar[str] = ContextVar("request_id", default=NONE)


def current_request_id() -> str:
    """Return the id of the request being served, "-" outside of any."""
    return _current.get()


@receiver(request_finished)
def _forget(**kwargs: object) -> None:
    """Forget the id when the response is closed: until then Django may still log something about it."""
    _current.set(NONE)


class RequestIdMiddleware:
    """Gives each request an id and sends it back; stands outside everything, so that all know it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand around `get_response`."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve `request` under its id; where no error page can be made, say so in plain words."""
        outer, request_id = current_request_id(), _given(request) or secrets.token_hex(8)
        _current.set(request_id)
        try:
            response = self.get_response(request)
        except Exception:
            logger.exception("No error page can be made")
            response = last_resort(request_id)
        if outer != NONE:  # a request of our own, made while another is served
            _current.set(outer)
        response.headers[HEADER] = request_id
        return response


def _given(request: HttpRequest) -> str:
    """Return the id that our own proxy gave, if valid; nobody else's gets this far."""
    given = request.META.get(META_KEY, "")
    return given if WELL_FORMED.fullmatch(given) else ""


class RequestIdFilter(logging.Filter):
    """Writes the request's id into each line of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record."""
        record.request_id = current_request_id()
        return True


class RefusalFilter(logging.Filter):
    """Logs a bad request as a warning without its traceback: the fault is the client's."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, without its traceback."""
        record.exc_info = record.exc_text = None
        record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
        return True

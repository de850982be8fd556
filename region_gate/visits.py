"""Visits to our own pages, through everything that stands between a visitor and a page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.utils import translation

from region_gate.middleware import SURVEY
from region_gate.survey import Finding


@dataclass(frozen=True)
class Visit:
    """What a visitor gets at `url`: status, type, target of a redirect, content, and what the gate found."""

    url: str
    status: int
    content_type: str
    location: str
    content: bytes
    language: str
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_page(self) -> bool:
        """Say whether this is a page of HTML."""
        return self.content_type == "text/html"

    @property
    def html(self) -> str:
        """Return the page."""
        return self.content.decode()

    @property
    def failed(self) -> bool:
        """Say whether the site broke or refused the visit."""
        return self.status >= HTTPStatus.INTERNAL_SERVER_ERROR or self.status == HTTPStatus.BAD_REQUEST


@cache
def visitor() -> Callable[[str], Visit]:
    """Return what visits an absolute address: no cookies, no connection, all of the middleware.

    Made once for each process, because the middleware takes its time to start.
    """
    handler = BaseHandler()
    handler.load_middleware()

    def visit(url: str) -> Visit:
        request, findings = _request(url), list[Finding]()
        setattr(request, SURVEY, findings)
        with translation.override(translation.get_language()):
            response = handler.get_response(request)
            content = b"".join(response)
            _close_files(response)
        return _visit(url, response, content, findings)

    return visit


def _close_files(response: HttpResponseBase) -> None:
    """Close what `response` was read from.

    `response.close()` would also end the database connections of whoever is visiting.
    """
    for close in getattr(response, "_resource_closers", ()):
        close()


def _request(url: str) -> HttpRequest:
    parts = urlsplit(url)
    is_secure = parts.scheme == "https" or settings.SECURE_SSL_REDIRECT
    address = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    factory = RequestFactory(headers={"host": parts.netloc})
    return factory.get(address, secure=is_secure, RAW_URI=address)  # as servers keep what was asked for


def _visit(url: str, response: HttpResponseBase, content: bytes, findings: list[Finding]) -> Visit:
    headers = response.headers
    return Visit(
        url=url,
        status=response.status_code,
        content_type=headers.get("Content-Type", "").partition(";")[0],
        location=headers.get("Location", ""),
        content=content,
        language=headers.get("Content-Language", ""),
        findings=findings,
    )

"""Visits to our own pages, through everything that stands between a visitor and a page."""

import sys
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import got_request_exception
from django.dispatch import receiver
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.utils import timezone, translation
from wagtail.models import Page, Site

from region_gate import snapshot
from region_gate.constancy import asked_once
from region_gate.html.survey import SurveyedLink
from region_gate.signals import SURVEY


@dataclass(frozen=True)
class Visit:
    """What a visitor gets at `url`: status, type, target of a redirect, content, and what the gate found.

    `error` is what broke on our side, where something did.
    """

    url: str
    status: int
    content_type: str
    location: str
    content: bytes
    language: str
    findings: list[SurveyedLink] = field(default_factory=list)
    error: BaseException | None = None

    @property
    def is_page(self) -> bool:
        """Say whether this is a page of HTML."""
        return self.content_type == "text/html"

    @property
    def is_whole(self) -> bool:
        """Say whether this is a page with content: no error, no redirect, not empty."""
        return self.is_page and self.status == HTTPStatus.OK and bool(self.content.strip())

    @property
    def html(self) -> str:
        """Return the page."""
        return self.content.decode()

    @property
    def failed(self) -> bool:
        """Say whether the site broke or refused the visit."""
        return self.status >= HTTPStatus.INTERNAL_SERVER_ERROR or self.status == HTTPStatus.BAD_REQUEST


class OwnRequest(WSGIRequest):
    """A request that we make ourselves.

    `page` (specific) is served whatever its address; None: what the address leads to.
    """

    page: Page | None = None
    error: BaseException | None = None

    def get_host(self) -> str:
        """Return the host as it was asked for: it is ours, whatever ALLOWED_HOSTS lets others ask for."""
        return self.headers["Host"]


class OwnRequestFactory(RequestFactory):
    """Makes our own requests."""

    def request(self, **request: Any) -> OwnRequest:
        """Return the request with this environment."""
        return OwnRequest(self._base_environ(**request))  # type: ignore[attr-defined] # Django's own


@receiver(got_request_exception)
def keep_the_error(request: object = None, **kwargs: object) -> None:
    """Keep the exception of a failed request for the visitor that made it."""
    if isinstance(request, OwnRequest):
        request.error = sys.exception()


class Visitor(BaseHandler):
    """Visits our own pages: no cookies, no connection, no host to be allowed, all of the middleware.

    In the site's own time zone, whoever acts.
    """

    def __init__(self) -> None:
        """Start the middleware, which takes its time."""
        super().__init__()
        self.load_middleware()

    def __call__(self, url: str) -> Visit:
        """Return what a visitor gets at `url` (absolute)."""
        return self._visit(url, None)

    def page(self, page: Page) -> Visit:
        """Return `page` as it is answered, whatever its address and whoever may see it."""
        return self._visit(address_of(page), page.specific)

    def _visit(self, url: str, page: Page | None) -> Visit:
        request, findings = _request(url), list[SurveyedLink]()
        setattr(request, SURVEY, findings)
        request.page = page
        here = timezone.get_default_timezone()
        with translation.override(translation.get_language()), timezone.override(here):
            response: HttpResponseBase = self.get_response(request)
            content = b"".join(response)
            _close_files(response)
        return _seen(url, response, content, findings, request.error)

    def _get_response(self, request: OwnRequest) -> HttpResponseBase:
        if request.page is None:
            found: HttpResponseBase = super()._get_response(request)  # type: ignore[misc] # as above
            return found
        # Where Wagtail keeps its own answer to the same question.
        setattr(request, "_wagtail_site", _site_at(f"{request.scheme}://{request.get_host()}"))  # noqa: B010
        response: HttpResponseBase = request.page.serve(request)
        return response.render() if hasattr(response, "render") else response


@cache
def visitor() -> Visitor:
    """Return the visitor, made once for each process."""
    return Visitor()


def address_of(page: Page) -> str:
    """Return the address of `page`; one at our chief host where it has none, as below no site's root."""
    return page.full_url or f"http://{snapshot.current().regions.default_host or 'localhost'}/"


def _close_files(response: HttpResponseBase) -> None:
    """Close what `response` was read from.

    `response.close()` would also end the database connections of whoever is visiting.
    """
    for close in getattr(response, "_resource_closers", ()):
        close()


@asked_once
def _site_at(origin: str) -> Site | None:
    """Return the site that answers at `origin`."""
    return Site.find_for_request(_request(f"{origin}/"))


def _request(url: str) -> OwnRequest:
    parts = urlsplit(url)
    is_secure = parts.scheme == "https" or settings.SECURE_SSL_REDIRECT
    port = str(parts.port or (443 if is_secure else 80))
    address = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    factory = OwnRequestFactory(headers={"host": parts.netloc})
    # RAW_URI: as servers keep what was asked for.
    return cast(OwnRequest, factory.get(address, secure=is_secure, SERVER_PORT=port, RAW_URI=address))


def _seen(
    url: str,
    response: HttpResponseBase,
    content: bytes,
    findings: list[SurveyedLink],
    error: BaseException | None,
) -> Visit:
    headers = response.headers
    return Visit(
        url=url,
        status=response.status_code,
        content_type=headers.get("Content-Type", "").partition(";")[0],
        location=headers.get("Location", ""),
        content=content,
        language=headers.get("Content-Language", ""),
        findings=findings,
        error=error,
    )

"""A page as its visitors meet it at this moment, through everything that stands between it and them."""

import logging
from functools import cache
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import get_language, override
from wagtail.models import Page

logger = logging.getLogger(__name__)
SHOWN = "_page_to_record"


class PageHandler(BaseHandler):
    """Answers with the page that the request carries, whatever its address, inside all of the middleware."""

    def _get_response(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = getattr(request, SHOWN).serve(request)
        return response.render() if hasattr(response, "render") else response


@cache
def _handler() -> PageHandler:
    """Return the handler, made once for each process, because the middleware takes its time to start."""
    handler = PageHandler()
    handler.load_middleware()
    return handler


def shown(page: Page) -> str:
    """Return `page` (specific) as HTML, blank where visitors get no page: it is broken or leads elsewhere.

    Asked for by nobody in particular: without cookies, in the site's own time zone.
    """
    request = _request(page.full_url or "/")
    setattr(request, SHOWN, page)
    with override(get_language()), timezone.override(timezone.get_default_timezone()):
        response = _handler().get_response(request)
    if response.status_code != HTTPStatus.OK:
        logger.error("“%s” (page %s) was answered with %s.", page, page.pk, response.status_code)
        return ""
    return str(getattr(response, "text", ""))


def _request(url: str) -> HttpRequest:
    parts = urlsplit(url)
    is_secure = parts.scheme == "https" or settings.SECURE_SSL_REDIRECT
    factory = RequestFactory(headers={"host": parts.netloc} if parts.netloc else {})
    return factory.get(parts.path or "/", secure=is_secure)

"""The cache of public pages: each whole, under its address and the edition that it is of."""

from collections.abc import Callable
from time import time
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from region_gate import clock
from region_gate.constancy import constant

from . import conf
from .answering import answer, say_uncached
from .encodings import IDENTITY, encoding_for
from .keys import key_of, representation_key
from .moments import next_moment
from .per_edition import answers_of
from .present_edition import PresentEdition, present_edition
from .storable import as_plain, is_plain, is_public, is_storable
from .stored_page import StoredPage

MAX_SECONDS = 6 * 60 * 60  # pages of editions that are over go from a shared cache by then

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class PageCacheMiddleware:
    """Answers with the page that is kept of the present edition, else has one made.

    Stands inside what checks requests, sends to HTTPS and serves files, outside what makes a page and
    says by headers how it is to be shown.
    """

    def __init__(self, get_response: GetResponse) -> None:
        """Stand around `get_response`."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve `request`."""
        if not is_public(request):
            return self._served(request)
        edition = present_edition()
        if edition is None:
            return self._served(request)
        found = _found(request, edition)
        return _answered(request, edition, found) if found else self._made(request, edition)

    def _served(self, request: HttpRequest) -> HttpResponseBase:
        """Return what the site says, which is not kept."""
        response = self.get_response(request)
        return say_uncached(request, response) if conf.is_on() else response

    def _made(self, request: HttpRequest, edition: PresentEdition) -> HttpResponseBase:
        """Return what the site says, and keep it where it is a page that everybody gets."""
        if not edition.is_certain:
            return self._served(request)
        with constant(answers_of(edition.name, clock.today())):
            until = next_moment(timezone.now()).timestamp()
            response = self.get_response(request)
            if not is_storable(request, response):
                return say_uncached(request, response)
            if not is_plain(request):
                request_of_all = as_plain(request)
                response = self.get_response(request_of_all)
                if not is_storable(request_of_all, response):
                    return say_uncached(request, response)
            return _answered(request, edition, _kept(request, edition, response, until))


def _found(request: HttpRequest, edition: PresentEdition) -> StoredPage | None:
    """Return the page for `request` as its browser takes it, None where none is kept that still holds."""
    key, encoding = key_of(request, edition.name), encoding_for(request.META.get("HTTP_ACCEPT_ENCODING"))
    page = _kept_at(key, encoding)
    if page is None and encoding != IDENTITY:
        whole = _kept_at(key, IDENTITY)
        page = whole and _kept_as(key, whole.encoded(encoding))
    return page if page and page.until > time() else None


def _kept_at(key: str, encoding: str) -> StoredPage | None:
    found: StoredPage | None = conf.pages().get(representation_key(key, encoding))
    return found


def _kept(
    request: HttpRequest, edition: PresentEdition, response: HttpResponseBase, until: float
) -> StoredPage:
    """Keep `response`, and return it as the browser of `request` takes it."""
    key, encoding = key_of(request, edition.name), encoding_for(request.META.get("HTTP_ACCEPT_ENCODING"))
    page = _kept_as(key, StoredPage.of(cast(HttpResponse, response), until))
    return page if encoding == IDENTITY else _kept_as(key, page.encoded(encoding))


def _kept_as(key: str, page: StoredPage) -> StoredPage:
    """Keep one representation of the page with the key `key` for as long as it holds."""
    seconds = min(page.until - time(), MAX_SECONDS)
    if seconds > 0:
        conf.pages().set(representation_key(key, page.encoding), page, seconds)
    return page


def _answered(request: HttpRequest, edition: PresentEdition, page: StoredPage) -> HttpResponseBase:
    return answer(request, page, min(page.until - time(), edition.seconds))

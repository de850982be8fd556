"""From a page that is kept to the answer to one request."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from . import conf
from .encodings import IDENTITY
from .stored_page import StoredPage


def answer(request: HttpRequest, page: StoredPage, seconds: float) -> HttpResponseBase:
    """Return `page` for `request`, or 304 where the browser has it; it holds for `seconds`."""
    response = HttpResponse(b"" if request.method == "HEAD" else page.content, headers=dict(page.headers))
    headers = response.headers
    if page.encoding != IDENTITY:
        headers["Content-Encoding"] = page.encoding
    headers["Content-Length"] = str(len(page.content))
    headers["Cache-Control"] = cache_control(seconds)
    headers["Vary"] = "Accept-Encoding"
    headers["ETag"] = page.etag
    conditional: HttpResponseBase = get_conditional_response(request, etag=page.etag, response=response)
    return conditional


def cache_control(seconds: float) -> str:
    """Return what caches are told of a page that holds for `seconds`.

    Browsers ask each time: what a label allows no more must not linger. Caches in front keep it, and
    keep it a little longer where we do not answer, yet never past the moment at which it ends.
    Sources: RFC 9111, section 5.2.2; RFC 5861, section 4.
    """
    whole = max(0, int(seconds))
    on_error = min(conf.max_stale(), whole // 2)
    return f"public, max-age=0, s-maxage={whole - on_error}, stale-if-error={on_error}"


def say_uncached(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Have no cache take `response`, which is not kept here either, for fresh, unless it says so itself.

    Without a word, a cache would keep a page that is missing for as long as it likes.
    """
    if not response.streaming and not response.has_header("Cache-Control"):
        is_known = conf.session_cookie() in request.COOKIES
        response.headers["Cache-Control"] = "private, no-cache" if is_known else "no-cache"
    return response

"""From a page that is kept to the answer to one request."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase

from . import conf
from .encodings import IDENTITY
from .stored_page import StoredPage


def answer(request: HttpRequest, page: StoredPage, seconds: float) -> HttpResponseBase:
    """Return `page` for `request`, or 304 where the browser has it; it holds for `seconds`."""
    said = {"Cache-Control": cache_control(seconds), "Vary": "Accept-Encoding", "ETag": page.etag}
    if _is_known(request, page.etag):
        return HttpResponseNotModified(headers=said)
    content = b"" if request.method == "HEAD" else page.content
    response = HttpResponse(content, headers={**dict(page.headers), **said})
    response.headers["Content-Length"] = str(len(page.content))
    if page.encoding != IDENTITY:
        response.headers["Content-Encoding"] = page.encoding
    return response


def _is_known(request: HttpRequest, etag: str) -> bool:
    """Say whether the browser has the page with the strong tag `etag` (RFC 9110, section 13.1.2)."""
    known: str = request.META.get("HTTP_IF_NONE_MATCH", "")
    return etag in known or known.strip() == "*"  # both quotes are part of the tag


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

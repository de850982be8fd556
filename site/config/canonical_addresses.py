"""One spelling for each address: another one leads to it, or to no page."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped] # it has none

SAFE = "!$&'()*+,;=/~:@"  # what Django's `reverse` leaves as it is
SENT = ("RAW_URI", "REQUEST_URI")  # where servers keep the target of the request as it was sent
MAX_KEY_DIGITS = 19  # of the largest key
KEYS = ("pk", "object_id")  # which may be captured as text, and are numbers with every model here
PAGES = "wagtail_serve"  # looked for by their slugs, as these are spelt


class SpellingMiddleware:
    """Answers for each view only at the view's own address.

    Stands before whatever calls a view. Where there is a view, so that an address without one is
    left to the redirects' rules, which have their own way of reading it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand around `get_response`."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve `request`."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Let `request` through to `view`, lead it to the one spelling, or raise Http404."""
        if _is_odd(request, args, kwargs):
            raise Http404
        if is_as_spelt(request):
            return None
        if request.method not in ("GET", "HEAD") or "%" in request.path:  # left there if it is no UTF-8
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{_spelt(request)}?{query}" if query else _spelt(request))


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise's, for files that are asked for by their own addresses."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve the file that `request` asks for, or else what the site says."""
        if not is_as_spelt(request):
            return self.get_response(request)
        answer: HttpResponseBase = super().__call__(request)
        return answer


def is_as_spelt(request: HttpRequest) -> bool:
    """Say whether the path of `request` was sent as we spell it.

    A server hands on the path decoded, so that `%2f` looks like a slash; only the target tells.
    Where a server keeps that to itself, as Django's own does, the decoded path is all there is, and
    all that anything here goes by.
    """
    sent = next((request.META[name] for name in SENT if name in request.META), None)
    if sent is None:
        return True
    path = _path_of(sent)
    return (path == request.path and "%" not in path) or path == _spelt(request)


def _path_of(target: str) -> str:
    """Return the path of a request's target, which may be absolute (RFC 9112, section 3.2.2)."""
    if not target.startswith("/") and "://" in target:
        target = "/" + target.partition("://")[2].partition("/")[2]
    return target.partition("?")[0]


def _spelt(request: HttpRequest) -> str:
    return quote(request.path, SAFE)


def _is_odd(request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Say whether a view might misread the address: an invisible character, an odd number or key."""
    match = request.resolver_match
    if match and match.url_name == PAGES:
        return False
    keys = (str(kwargs[name]) for name in KEYS if name in kwargs)
    values = (*request.path.split("/"), *map(str, (*args, *kwargs.values())))
    is_seen = request.path.isprintable() and all(key.isdecimal() for key in keys)
    return not is_seen or any(map(_is_odd_number, values))


def _is_odd_number(text: str) -> bool:
    """Say whether `text` is a number in an unusual spelling: 007, +7, 1_0, or digits of another script."""
    plain = unquote(text)  # as Wagtail's admin does with keys
    if len(plain) > MAX_KEY_DIGITS:
        return plain.isdecimal()
    try:
        return str(int(plain)) != text
    except ValueError:
        return False

"""Which requests may be answered from the cache, and which responses may be kept in it."""

from http import HTTPStatus

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from config.canonical_addresses import SENT, is_as_spelt
from region_gate import conf as gate
from region_gate import snapshot
from region_gate.signals import SURVEY

from . import conf

MAX_BYTES = 1_000_000
# What we set on requests of our own: for the register and the record, for previews of drafts.
OUR_OWN = (SURVEY, "is_dummy", "is_preview")
QUERY = "GET"  # where Django keeps the parameters of a request, once they have been read


def is_public(request: HttpRequest) -> bool:
    """Say whether everybody gets the same for `request`: it is sent by nobody in particular, for a page."""
    return (
        conf.is_on()
        and request.method in ("GET", "HEAD")
        and not _is_somebodys(request)
        and not request.path_info.startswith(gate.ungated_prefixes())
        and not any(hasattr(request, mark) for mark in OUR_OWN)
        and is_as_spelt(request)
    )


def _is_somebodys(request: HttpRequest) -> bool:
    if "HTTP_AUTHORIZATION" in request.META:
        return True
    return "HTTP_COOKIE" in request.META and conf.session_cookie() in request.COOKIES


def is_plain(request: HttpRequest) -> bool:
    """Say whether `request` is a GET without parameters."""
    return request.method == "GET" and not request.META.get("QUERY_STRING")


def as_plain(request: HttpRequest) -> HttpRequest:
    """Return the same request as a GET without parameters, whose answer is everybody's."""
    environ = {**request.META, "REQUEST_METHOD": "GET", "QUERY_STRING": ""}
    sent = {name: environ[name].partition("?")[0] for name in SENT if name in environ}
    return WSGIRequest({**environ, **sent})


def reads_query(request: HttpRequest) -> bool:
    """Say whether whatever answered `request` has looked at its parameters."""
    return QUERY in vars(request)


def is_storable(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Say whether `response` is a whole page that everybody may have, by whatever parameters."""
    return (
        isinstance(response, HttpResponse)
        and response.status_code == HTTPStatus.OK
        and not response.cookies
        and not _says_for_whom(response)
        and len(response.content) <= MAX_BYTES
        and not reads_query(request)
        and _is_at_home(request)
    )


def _says_for_whom(response: HttpResponseBase) -> bool:
    """Say whether the view itself has something to say about who may keep its response."""
    return any(response.has_header(name) for name in ("Cache-Control", "Vary", "Content-Encoding"))


def _is_at_home(request: HttpRequest) -> bool:
    """Say whether the host is one that we publish; of those that ALLOWED_HOSTS allows there may be no end."""
    return snapshot.current().regions.is_own(request.get_host())

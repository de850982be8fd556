"""The gate at the site's edge: every page and redirect passes here, whatever made it."""

import codecs
from collections.abc import Callable

from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from region_gate import conf, ground
from region_gate.rewriting import Gate, gate_links
from region_gate.views import NoticeResponse

PAGE_TYPES = {"text/html", "application/xhtml+xml"}
PAGE_TYPE = "text/html; charset=utf-8"
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
READ_AS_WINDOWS = {"ascii", "iso8859-1"}


class CompressedPageError(Exception):
    """A page that was compressed before it reached the gate, which must be inside of what compresses."""


class GateMiddleware:
    """Gates what leaves the site; stands outside everything that answers with pages or redirects."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand around `get_response`."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve `request` with every crossing gated; an error here is a 500, never an ungated page."""
        page_url = request.build_absolute_uri()
        response = self.get_response(request)
        if request.path_info.startswith(conf.ungated_prefixes()):
            return response
        if not (is_page(response) or is_redirect(response)):
            return response
        return _gated(request, response, _gate_at(page_url, request, response))


def is_page(response: HttpResponseBase) -> bool:
    """Say whether a browser shows `response` as a page of HTML."""
    return _content_type(response) in PAGE_TYPES


def is_redirect(response: HttpResponseBase) -> bool:
    """Say whether `response` sends the browser elsewhere."""
    return 300 <= response.status_code < 400 and response.has_header("Location")


def _gate_at(page_url: str, request: HttpRequest, response: HttpResponseBase) -> Gate:
    """Return the gate for this page; a notice page counts as being in the region that is left."""
    passage = response.passage if isinstance(response, NoticeResponse) else None
    region = passage.origin if passage else None
    viewpoint = ground.viewpoint(page_url, region)
    path = conf.notice_path(_language(request))
    return Gate(viewpoint, path, conf.keys(), passage.to if passage else "")


def _language(request: HttpRequest) -> str | None:
    return getattr(request, "LANGUAGE_CODE", None)


def _gated(request: HttpRequest, response: HttpResponseBase, gate: Gate) -> HttpResponseBase:
    if is_redirect(response):
        response = _gate_redirect(request, response, gate)
    if is_page(response):
        _gate_page(response, gate)
    return response


def _gate_redirect(request: HttpRequest, response: HttpResponseBase, gate: Gate) -> HttpResponseBase:
    destination = gate.destination(response.headers["Location"])
    if destination is None:
        return response
    if destination.is_blocked:
        return _not_found(request)
    response.status_code = 302
    response.headers["Location"] = gate.address(destination)
    response.headers["Cache-Control"] = "no-store"
    return response


def _not_found(request: HttpRequest) -> HttpResponseBase:
    """Return the site's 404 page here, so that it is gated too; raised, it would be made outside the gate."""
    with translation.override(_language(request)):
        return response_for_exception(request, Http404())


def _gate_page(response: HttpResponseBase, gate: Gate) -> None:
    """Gate the page in UTF-8 and HTML, so that a browser reads the very letters and tags read here."""
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise CompressedPageError(response.headers["Content-Encoding"])
    content = b"".join(response)
    gated = gate_links(_text(content, response.charset), gate).encode()
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = [gated]
    elif isinstance(response, HttpResponse):
        response.content = gated
    _describe(response, gated)


def _describe(response: HttpResponseBase, content: bytes) -> None:
    """Let the headers tell of the gated page; its old ETag would hide a change of regions or keys."""
    response.headers["Content-Type"] = PAGE_TYPE
    response.headers.pop("ETag", None)
    if response.has_header("Content-Length"):
        response.headers["Content-Length"] = str(len(content))


def _text(content: bytes, charset: str) -> str:
    """Decode as browsers do (Encoding Standard): a byte order mark wins, Latin-1 means Windows-1252."""
    marked = (encoding for mark, encoding in BYTE_ORDER_MARKS if content.startswith(mark))
    encoding = next(marked, codecs.lookup(charset).name)
    return content.decode("cp1252" if encoding in READ_AS_WINDOWS else encoding, "replace")


def _content_type(response: HttpResponseBase) -> str:
    return response.headers.get("Content-Type", "").partition(";")[0].strip().lower()

"""The gate at the site's edge: every page and redirect passes here, whatever made it."""

import re
from collections.abc import Callable, Iterable

from ada_url import check_url
from django.core.exceptions import DisallowedHost
from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from region_gate import conf, snapshot
from region_gate.draft_access import loan_of
from region_gate.html.decoding import text_of
from region_gate.html.headers import names_leading, names_leading_away
from region_gate.html.rewriting import Gate, gate_links
from region_gate.html.survey import SurveyedLink, at_redirect, survey
from region_gate.html.xml_pages import may_lead_away
from region_gate.page_sentences import page_words
from region_gate.signals import SURVEY, link_blocked, tell_of_blocked
from region_gate.views import NoticeResponse

PAGE_TYPES = {"text/html", "application/xhtml+xml"}
PAGE_TYPE = "text/html; charset=utf-8"
NO_PORT = re.compile(r":0+\Z")
XML_TYPES = ("text/xml", "application/xml", "text/xsl")


class CompressedPageError(Exception):
    """A page that was compressed before it reached the gate, which must be inside of what compresses."""


class GateMiddleware:
    """Gates what leaves the site; stands outside everything that answers with pages or redirects."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand around `get_response`."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve `request` with every crossing gated; an error here is a 500, never an ungated page."""
        check_host(request)
        response = self.get_response(request)
        if request.path_info.startswith(conf.ungated_prefixes()):
            return response
        response.headers["X-Content-Type-Options"] = "nosniff"
        if is_xml(response):
            _keep_from_showing(response)
        if is_page(response) or is_redirect(response) or names_leading(response.headers):
            return _gated(request, response, _gate_at(request, response))
        return response


def check_host(request: HttpRequest) -> None:
    """Raise DisallowedHost, a bad request, for a host that is not ours or that no browser could ask for.

    Django takes any digits for a port; a browser knows none above 65535, and nothing listens at 0.
    """
    host = request.get_host()
    if not check_url(f"http://{host}/") or NO_PORT.search(host):
        raise DisallowedHost(f"Invalid HTTP_HOST header: {host!r}. No browser asks for it.")


def is_page(response: HttpResponseBase) -> bool:
    """Say whether a browser shows `response` as a page of HTML."""
    return not PAGE_TYPES.isdisjoint(_content_types(response))


def is_xml(response: HttpResponseBase) -> bool:
    """Say whether a browser may show `response` as a page of XML."""
    found = _content_types(response) - PAGE_TYPES
    return any(name in XML_TYPES or name.endswith("+xml") for name in found)


def is_redirect(response: HttpResponseBase) -> bool:
    """Say whether `response` sends the browser elsewhere."""
    return 300 <= response.status_code < 400 and response.has_header("Location")


def _gate_at(request: HttpRequest, response: HttpResponseBase) -> Gate:
    """Return the gate for this page; a notice page counts as being in the region that is left."""
    crossing = response.crossing if isinstance(response, NoticeResponse) else None
    region = crossing.origin if crossing else None
    viewpoint = snapshot.seen_by(request, region)
    language = _language(request)
    passed = crossing.to if crossing else ""
    path, words = conf.notice_path(language), page_words(language)
    return Gate(viewpoint, path, conf.keys(), passed, loan_of(request), words, conf.media_hosts())


def _language(request: HttpRequest) -> str | None:
    return getattr(request, "LANGUAGE_CODE", None)


def _gated(request: HttpRequest, response: HttpResponseBase, gate: Gate) -> HttpResponseBase:
    if is_redirect(response):
        _report(request, lambda: [at_redirect(response.headers["Location"], gate)])
        response = _gate_redirect(request, response, gate)
    for name in [*names_leading_away(response.headers, gate)]:
        del response.headers[name]
    if is_page(response):
        _gate_page(request, response, gate)
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


def _report(request: HttpRequest, find: Callable[[], Iterable[SurveyedLink]]) -> None:
    """Hand what `find` finds to our own client, if it made the request, else to whoever listens."""
    asked: list[SurveyedLink] | None = getattr(request, SURVEY, None)
    if asked is not None:
        asked.extend(find())
    elif link_blocked.has_listeners():
        tell_of_blocked(request, find())


def _gate_page(request: HttpRequest, response: HttpResponseBase, gate: Gate) -> None:
    """Gate the page in UTF-8 and HTML, so that a browser reads the very letters and tags read here."""
    html = text_of(_content(response), _charset(response))
    _report(request, lambda: survey(html, gate))
    gated = gate_links(html, gate).encode()
    _replace_content(response, gated)
    _describe(response, gated)


def _keep_from_showing(response: HttpResponseBase) -> None:
    """Make browsers download XML that holds a link; pages may still show it as a picture."""
    if _is_compressed(response) or may_lead_away(_kept_content(response)):
        response.headers["Content-Disposition"] = "attachment"


def _is_compressed(response: HttpResponseBase) -> bool:
    return response.headers.get("Content-Encoding", "identity") != "identity"


def _content(response: HttpResponseBase) -> bytes:
    if _is_compressed(response):
        raise CompressedPageError(response.headers["Content-Encoding"])
    return b"".join(response)


def _kept_content(response: HttpResponseBase) -> bytes:
    content = b"".join(response)
    _replace_content(response, content)
    return content


def _replace_content(response: HttpResponseBase, content: bytes) -> None:
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = [content]
    elif isinstance(response, HttpResponse):
        response.content = content


def _describe(response: HttpResponseBase, content: bytes) -> None:
    """Update the headers for the gated page; its old ETag would hide a change of regions or keys."""
    response.headers["Content-Type"] = PAGE_TYPE
    response.headers.pop("ETag", None)
    if response.has_header("Content-Length"):
        response.headers["Content-Length"] = str(len(content))


def _charset(response: HttpResponseBase) -> str | None:
    """Return the charset that the header names, if it names one."""
    is_named = "charset=" in response.headers.get("Content-Type", "").lower()
    return response.charset if is_named else None


def _content_types(response: HttpResponseBase) -> set[str]:
    """Return the content type, or every one of a list, of which browsers heed the last they know."""
    listed = response.headers.get("Content-Type", "").split(",")
    return {written.partition(";")[0].strip().lower() for written in listed}

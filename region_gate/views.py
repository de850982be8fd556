"""The notice page: the approved words before a crossing, and the two ways on from there."""

from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from region_gate import conf, snapshot
from region_gate.draft_access import is_open
from region_gate.links import signing
from region_gate.links.destinations import Destination, DestinationKind, Viewpoint
from region_gate.links.regions import plain_host
from region_gate.links.signing import InvalidSignatureError, Signed, SignedCrossing
from region_gate.models import Notice
from region_gate.notices.alternatives import alternative
from region_gate.notices.texts import APPROVED_LANGUAGE, NoWordsError
from region_gate.notices.texts import NoticeText as Words
from region_gate.signals import notice_shown, tell

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}


class NoticeResponse(TemplateResponse):
    """The one response that may link to its own destination ungated; only the gate's view makes it."""

    crossing: SignedCrossing


@csrf_exempt
@require_safe
def notice(request: HttpRequest) -> NoticeResponse:
    """Show the notice before the signed destination; 404 for whatever the gate did not sign for the visitor.

    The destination is judged anew, because regions change. One that is no crossing any more has no
    notice, but is not redirected to either: the page then only says where the link leads.
    """
    signed = _signed(request)
    viewpoint = snapshot.seen_by(request, signed.crossing.origin)
    destination = viewpoint.classify(signed.crossing.to)
    if destination.is_blocked or not is_open(signed, destination, request):
        raise Http404
    return _answer(request, viewpoint, destination)


def _signed(request: HttpRequest) -> Signed:
    try:
        return signing.read(request.META.get("QUERY_STRING", ""), conf.keys())
    except InvalidSignatureError as error:
        raise Http404 from error


def _answer(request: HttpRequest, viewpoint: Viewpoint, destination: Destination) -> NoticeResponse:
    language = get_language() or APPROVED_LANGUAGE
    words = _words(viewpoint, destination, language)
    context = {
        "notice": words,
        "destination": destination,
        "destination_region": viewpoint.regions.get(destination.region),
        "region_code": viewpoint.region,
        "alternative": alternative(viewpoint, destination, language),
        "stay_url": _stay_url(request, viewpoint, language),
    }
    response = NoticeResponse(request, "region_gate/notice.html", context, headers=HEADERS)
    response.crossing = SignedCrossing(destination.url, viewpoint.region)
    if words:
        tell(notice_shown, request, region=viewpoint.region, destination=destination, words=words)
    return response


def _words(viewpoint: Viewpoint, destination: Destination, language: str) -> Words | None:
    if not destination.is_crossing:
        return None
    try:
        return Notice.objects.shown(destination.kind, viewpoint.region, language)
    except NoWordsError as error:
        raise Http404 from error


def _stay_url(request: HttpRequest, viewpoint: Viewpoint, language: str) -> str:
    """Return the page the visitor came from, else the region's home page, else the site's."""
    came_from = viewpoint.classify(request.headers.get("Referer") or "javascript:")
    if _is_staying(came_from, viewpoint) and not _is_notice(came_from):
        return came_from.url
    return _home_url(request, viewpoint, language) or "/"


def _is_staying(came_from: Destination, viewpoint: Viewpoint) -> bool:
    if viewpoint.region:
        return came_from.kind is DestinationKind.SAME_REGION
    return came_from.kind is DestinationKind.NEUTRAL


def _is_notice(came_from: Destination) -> bool:
    query = came_from.url.partition("#")[0].partition("?")[2]
    try:
        signing.read(query, conf.keys())
    except InvalidSignatureError:
        return False
    return True


def _home_url(request: HttpRequest, viewpoint: Viewpoint, language: str) -> str:
    region = viewpoint.regions.get(viewpoint.region)
    home = region.home(language) if region else None
    if not home:
        return ""
    is_here = viewpoint.regions.known_as(viewpoint.host) == plain_host(home.host)
    return home.prefix if is_here else f"{request.scheme}://{home.host}{home.prefix}"

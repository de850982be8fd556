"""Leads visitors on from addresses without a page; stands last, inside everything else."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import is_valid_path

from .models import Redirect
from .page_meant import page_meant
from .reserved_addresses import is_reserved
from .rules import Hop

logger = logging.getLogger(__name__)

# Browsers keep a bare 301 for ever. An hour keeps it permanent for search engines, and lets us
# take it back.
KEPT = "max-age=3600"
PERMANENT = 301
NOTHING_THERE = (404, 410)  # a page that was withdrawn may have a successor elsewhere


class ForwardingMiddleware:
    """Answers with a redirect where the site has no page, and a rule or another spelling leads to one.

    One step for each answer, since the target may be a page by now; the gate, further out, stops
    what crosses.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand around `get_response`, which is to be the view itself."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve `request`; a page that exists costs nothing here."""
        response = self.get_response(request)
        if response.status_code not in NOTHING_THERE or not _is_ours(request):
            return response
        return _forward(request) or response


def _is_ours(request: HttpRequest) -> bool:
    if request.method not in ("GET", "HEAD") or is_reserved(request.path_info):
        return False
    return not _awaits_slash(request.path_info)


def _awaits_slash(path: str) -> bool:
    """Say whether Django will add a slash to `path`, where there may be a page."""
    return settings.APPEND_SLASH and not path.endswith("/") and bool(is_valid_path(f"{path}/"))


def _forward(request: HttpRequest) -> HttpResponseBase | None:
    """Return the redirect for `request`; a failure here is logged, and leaves the 404 as it is."""
    address = request.get_full_path()
    try:
        hop = Redirect.objects.candidates(address).as_rules().hop(address)
        if hop and hop.rule.pk:
            Redirect.objects.count_hit(hop.rule.pk)
        if not hop and (path := page_meant(request)):
            query = request.META.get("QUERY_STRING", "")
            return _leading_to(f"{path}?{query}" if query else path, is_permanent=True)
    except DatabaseError:
        logger.exception("No rule could be looked up for %r.", address)
        return None
    return _redirect(hop) if hop else None


def _redirect(hop: Hop) -> HttpResponseBase:
    return _leading_to(hop.target, is_permanent=hop.rule.status == PERMANENT)


def _leading_to(target: str, *, is_permanent: bool) -> HttpResponseBase:
    response = HttpResponseRedirect(target, status=PERMANENT if is_permanent else 302)
    response.headers["Cache-Control"] = KEPT if is_permanent else "no-cache"
    return response

"""Error pages: in the region's language and navigation wherever the address tells them."""

import logging
import sys
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from home.routing import translations_at

from .csp import guarded
from .fallback_page import last_resort
from .gone_pages import is_gone, page_path
from .invalid_values import is_senders_fault
from .request_id import current_request_id
from .unavailable import is_unavailability, unavailable

logger = logging.getLogger(__name__)


def no_page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Raise Http404: what Wagtail has at this address is not for a site in use."""
    raise Http404


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, or that it was withdrawn, and where else to look."""
    if is_gone(request, exception):
        return render(request, "410.html", status=HTTPStatus.GONE)
    translations = translations_at(request, path) if (path := page_path(request)) else []
    return render(request, "404.html", {"translations": translations}, status=HTTPStatus.NOT_FOUND)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the page is not for this visitor."""
    return render(request, "403.html", status=403)


def bad_request(request: HttpRequest, exception: BaseException | None) -> HttpResponse:
    """Say that the request makes no sense; asks nothing of the request or the database."""
    return guarded(render(None, "400.html", status=400))


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something broke here, and under which id; asks nothing of the database.

    Where it broke only over what was sent, say so; Django logs that with its traceback, as a warning.
    Where the database cannot be reached, say when to come back.
    """
    request_id, error = current_request_id(), sys.exc_info()[1]
    try:
        if is_senders_fault(error, request):
            return bad_request(request, error)
        if is_unavailability(error, request):
            return guarded(unavailable(request))
        return guarded(render(None, "500.html", {"request_id": request_id}, status=500))
    except Exception:
        logger.exception("The error page is broken itself")
        return last_resort(request_id)

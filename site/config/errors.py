"""Error pages: in the region's language and navigation wherever the address tells them."""

import logging
import sys

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from home.visibility import WithheldError

from .fallback_page import last_resort
from .invalid_values import is_senders_fault
from .request_id import current_request_id
from .unavailable import is_unavailability, unavailable

logger = logging.getLogger(__name__)


def no_page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Raise Http404: what Wagtail has at this address is not for a site in use."""
    raise Http404


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, or that it is withheld at present, and where else to look."""
    return render(request, "404.html", {"is_withheld": isinstance(exception, WithheldError)}, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the page is not for this visitor."""
    return render(request, "403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request makes no sense; asks nothing of the request or the database."""
    return render(None, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something broke here, and under which id; asks nothing of the database.

    Where it broke only over what was sent, say so; Django logs that with its traceback, as a warning.
    Where the database cannot be reached, say when to come back.
    """
    request_id, error = current_request_id(), sys.exc_info()[1]
    try:
        if is_senders_fault(error, request):
            return render(None, "400.html", status=400)
        if is_unavailability(error, request):
            return unavailable(request)
        return render(None, "500.html", {"request_id": request_id}, status=500)
    except Exception:
        logger.exception("The error page is broken itself")
        return last_resort(request_id)

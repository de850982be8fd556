"""What is answered while the database or the files cannot be reached, or have no room left."""

from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.transaction import TransactionManagementError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_path, gettext, override

from .request_id import current_request_id

NO_DATABASE = (InterfaceError, OperationalError)
RETRY_SECONDS = 30
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - a field's name


def is_unavailability(error: BaseException | None, request: HttpRequest | None) -> bool:
    """Say whether what broke is the database's absence or, for a change in the admin, the files'."""
    if isinstance(error, TransactionManagementError):
        error = error.__cause__  # what broke the transaction, where somebody has gone on after it
    return isinstance(error, NO_DATABASE) or (isinstance(error, OSError) and _is_change(request))


def unavailable(request: HttpRequest | None) -> HttpResponse:
    """Say that the site cannot answer at present, in the address's language; asks nothing of the database.

    What an editor has sent is in the page, to be sent again: nothing that somebody wrote is lost.
    """
    language = get_language_from_path(request.path_info) if request else None
    with override(language or settings.LANGUAGE_CODE):
        page = _told(request)
        page.headers["Content-Language"] = get_language()
    page.headers["Retry-After"] = str(RETRY_SECONDS)
    page.headers["Cache-Control"] = "no-store"
    return page


def _told(request: HttpRequest | None) -> HttpResponse:
    if request and "application/json" in request.headers.get("Accept", ""):
        words = gettext("The site cannot save at present. What you wrote stays here; it will try again.")
        return JsonResponse(
            {"success": False, "error_code": "unavailable", "error_message": words}, status=503
        )
    context = {"request_id": current_request_id(), **(_kept(request) if request else {})}
    return render(None, "503.html", context, status=503)


def _kept(request: HttpRequest) -> dict[str, Any]:
    """Return what the page needs to send the form again; nothing where it is none, or has a password."""
    if not _is_change(request) or any("password" in name for name in request.POST):
        return {}
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
    return {
        "fields": fields,
        "has_files": bool(request.FILES),
        "path": request.get_full_path(),
        "csrf_token": get_token(request),
    }


def _is_change(request: HttpRequest | None) -> bool:
    if request is None or request.method != "POST":
        return False
    return request.path_info.startswith(reverse("wagtailadmin_home"))

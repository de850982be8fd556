"""Where visitors write to a region's team: a region answers there, by whatever the settings name."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.utils.module_loading import import_string


def contact_form(request: HttpRequest, home: Any) -> HttpResponse:
    """Return what the setting CONTACT_FORM answers below the home page `home`."""
    return _answer("FORM", request, home)


def contact_form_sent(request: HttpRequest, home: Any) -> HttpResponse:
    """Return what it answers to whoever has sent the form."""
    return _answer("SENT", request, home)


def _answer(name: str, request: HttpRequest, home: Any) -> HttpResponse:
    response: HttpResponse = import_string(settings.CONTACT_FORM[name])(request, home)
    return response

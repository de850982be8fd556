"""The language of a response: the address alone decides it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class AddressLocaleMiddleware(LocaleMiddleware):
    """Django's, less its `Vary: Accept-Language`, so that every page can be cached whole."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Say in which language `response` is."""
        response.headers.setdefault("Content-Language", translation.get_language())
        return response

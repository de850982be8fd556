"""No other site loads what is here: pictures, scripts and documents stay with their own origin."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER = "Cross-Origin-Resource-Policy"


class IsolationMiddleware:
    """Says so of every answer, static files' too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer `request`."""
        response = self.get_response(request)
        response.headers.setdefault(HEADER, "same-origin")
        return response

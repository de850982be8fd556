"""What only a proxy of ours may say about a request; from anybody else it is not heard."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.client_address import is_from_trusted_proxy

HEADERS = ("HTTP_X_FORWARDED_PROTO", "HTTP_X_REQUEST_ID")


class ProxyHeadersMiddleware:
    """Takes from a request what its sender may not say; stands outside all that would believe it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand around `get_response`."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve `request`."""
        if not is_from_trusted_proxy(request):
            for name in HEADERS:
                request.META.pop(name, None)
        return self.get_response(request)

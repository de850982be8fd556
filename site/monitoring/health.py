"""What a load balancer asks: `/healthz`, whether the process lives, and `/readyz`, whether it can serve.

They are answered before the host is validated, for they are asked by a machine's own address.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from .readiness import readiness

ALIVE, READY = "/healthz", "/readyz"


class HealthMiddleware:
    """Answers the two; stands outside all that a request could break over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand around `get_response`."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve `request`."""
        if request.path_info == ALIVE:
            return _not_kept(HttpResponse("alive\n", content_type="text/plain"))
        if request.path_info == READY:
            return _not_kept(_ready())
        return self.get_response(request)


def _ready() -> HttpResponse:
    """Return 200, or 503 where visitors had better be sent to another process; the parts say what is wrong.

    What the site goes on without makes it “degraded”: somebody has to look, and it serves.
    """
    parts = readiness()
    can_serve = all(part.is_well for part in parts if part.is_needed)
    status = "unready" if not can_serve else "ready" if all(part.is_well for part in parts) else "degraded"
    told = {"status": status, "parts": {part.name: part.state for part in parts}}
    return JsonResponse(told, status=200 if can_serve else 503)


def _not_kept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response

"""Addresses behind which something breaks, each in its own way."""

from collections.abc import Callable

from django.conf.urls.i18n import i18n_patterns
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


class BrokenError(Exception):
    """What breaks on purpose."""


def break_down(*args: object) -> None:
    raise BrokenError


def view(request: HttpRequest) -> HttpResponse:
    raise BrokenError


def template(request: HttpRequest) -> TemplateResponse:
    broken = engines["django"].from_string("{{ broken }}")
    return TemplateResponse(request, broken, {"broken": break_down})


def after_commit(request: HttpRequest) -> HttpResponse:
    """Answer well, though what was to follow breaks."""
    with transaction.atomic():
        transaction.on_commit(break_down, robust=True)
    return HttpResponse("Done")


def gate(request: HttpRequest) -> HttpResponse:
    """Answer with a page that the gate cannot read."""
    return HttpResponse("<p>", headers={"Content-Encoding": "gzip"})


def middleware(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable:
    """Return a middleware that breaks where it is asked to."""

    def serve(request: HttpRequest) -> HttpResponseBase:
        if request.path == "/broken/middleware/":
            raise BrokenError
        return get_response(request)

    return serve


urlpatterns = [
    path("broken/view/", view),
    path("broken/template/", template),
    path("broken/after-commit/", after_commit),
    path("broken/gate/", gate),
    *i18n_patterns(path("broken/page/", view), prefix_default_language=False),
    *urlpatterns,
]

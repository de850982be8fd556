"""The addresses that browsers and password managers ask every site for by themselves."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

KEPT = "max-age=86400"  # seconds; the picture's own address changes with it


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead to the site's picture, for what asks for it before it has read a page."""
    return HttpResponseRedirect(static("img/favicon.ico"), headers={"Cache-Control": KEPT})


@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Lead to where people change their passwords (W3C, A Well-Known URL for Changing Passwords)."""
    return HttpResponseRedirect(reverse("wagtailadmin_account"))

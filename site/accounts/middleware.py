"""What stands before every view: nobody goes on without the second factor that they need, and time runs."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from .activity import is_activity
from .second_factor import lacks_second_factor
from .sessions import seen

# What leads to a second factor, out again, or shows nothing of the site.
OPEN = {
    *("account_login", "account_logout", "account_reauthenticate"),
    *("mfa_index", "mfa_activate_totp", "mfa_add_webauthn"),
    *("wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "session", "signed_in"),
}


class SecondFactorMiddleware:
    """Leads whoever lacks a second factor to the page where they get one, and shows them nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer `request`."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Return the way to a second factor in place of `view`; outside the admin, let nobody be known."""
        if not _may_be_signed_in(request) or _is_open(request) or not lacks_second_factor(request):
            return None
        if not request.path.startswith(reverse("wagtailadmin_home")):
            request.user = AnonymousUser()
            return None
        if request.method not in ("GET", "HEAD") or "text/html" not in request.headers.get(
            "Accept", "text/html"
        ):
            raise PermissionDenied
        return redirect("mfa_index")


class ActivityMiddleware:
    """Keeps when whoever is signed in has last done something in the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer `request`."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Have the session last on where `request` is something that its person does."""
        in_admin = request.path.startswith(reverse("wagtailadmin_home"))
        if in_admin and is_activity(request) and request.user.is_authenticated:
            seen(request.session)


def _may_be_signed_in(request: HttpRequest) -> bool:
    """Say whether there is a session to look into: without one, a page does not vary by cookies."""
    return settings.MFA_REQUIRED and settings.SESSION_COOKIE_NAME in request.COOKIES


def _is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name in OPEN

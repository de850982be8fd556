"""Content Security Policy: strict on public pages, as wide as Wagtail needs in the admin.

Wagtail writes scripts into its pages for the lists, dates and choosers of a form, and styles for some others.
"""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from .storage_url import media_sources

ADMIN_DIRECTIVES = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}
# Where people type passwords and codes, nothing of Wagtail's needs scripts or styles within the page.
SIGN_IN = ("login/", "logout/", "password_reset/", "session/", "account/again/", "account/second-factor/")
SIGN_IN_DIRECTIVES = {**ADMIN_DIRECTIVES, "script-src": [SELF], "style-src": [SELF]}


class PolicyMiddleware(CSPMiddleware):
    """Sends the settings' policy with public pages and the admin's own with the admin."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> PolicyParts:
        """Return the policy for `response`."""
        parts = super().get_policy_parts(request, response, report_only)
        home = reverse("wagtailadmin_home")
        if not report_only and request.path.startswith(home):
            is_sign_in = request.path.removeprefix(home).startswith(SIGN_IN)
            policy = SIGN_IN_DIRECTIVES if is_sign_in else ADMIN_DIRECTIVES
            parts.config = {**policy, "img-src": [*policy["img-src"], *media_sources(settings.MEDIA_URL)]}
        return parts


def guarded(page: HttpResponse) -> HttpResponse:
    """Return an error page with what the middleware says of every other one, for it may be made outside."""
    page.headers.setdefault("Content-Security-Policy", build_policy())
    page.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
    page.headers.setdefault("X-Content-Type-Options", "nosniff")
    page.headers.setdefault("Cache-Control", "no-store")
    return page

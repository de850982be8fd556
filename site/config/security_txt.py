"""Where whoever has found a weakness may say so: RFC 9116."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Site

from region_gate import clock

HOLDS = timedelta(days=180)  # less than a year, as the RFC would have it


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Return the contact that the environment names. Raises Http404 where it names none."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    site = Site.find_for_request(request)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {clock.today() + HOLDS}T00:00:00Z",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        *([f"Canonical: {site.root_url}{request.path}"] if site else []),
    ]
    answer = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"  # whom to tell changes with the environment, not an edition
    return answer

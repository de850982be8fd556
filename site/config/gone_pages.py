"""Which addresses had a page that was withdrawn, so that they say so: HTTP 410, where others say 404.

A page that its editors have unpublished leaves nothing but a 404.
"""

from django.http import HttpRequest
from wagtail.models import PageLogEntry

from home.routing import hidden_page_at
from home.visibility import WithheldError
from review.endings import taking_down
from therapies.guard import unpublishing

WITHDRAWN = (taking_down.ACTION, taking_down.OVERDUE_ACTION, unpublishing.ACTION)
DECISIVE = (*WITHDRAWN, "wagtail.publish", "wagtail.unpublish")


def is_gone(request: HttpRequest, why: Exception) -> bool:
    """Say whether what `request` asked for, and did not get for this reason, is a page that was withdrawn.

    Its label has ended, or legal took it down.
    """
    if isinstance(why, WithheldError):
        return True
    page = hidden_page_at(request, page_path(request))
    return page is not None and _last_decision(page.pk) in WITHDRAWN


def page_path(request: HttpRequest) -> str:
    """Return where a page was looked for, as "eu/about/"; blank where none was."""
    match = request.resolver_match
    return str(match.args[0]) if match and match.url_name == "wagtail_serve" else ""


def _last_decision(page: int) -> str:
    """Return what was done last of all that puts a page up or takes it down; blank for nothing."""
    entries = PageLogEntry.objects.filter(page=page, action__in=DECISIVE).order_by("-timestamp", "-pk")
    return entries.values_list("action", flat=True).first() or ""

"""Messages for the editor of a new draft."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin import messages

from therapies.comparing.text_fields import name_of

from .draft import Adapted

MAX_LISTED = 6


def tell(request: HttpRequest, adapted: Adapted) -> None:
    """Say that the draft is made, and all that keeps it from being its region's own yet."""
    values = {"region": adapted.region, "source": adapted.source_region, "title": adapted.page.title}
    made = _("“%(title)s” is now a draft of %(region)s, taken over from %(source)s.")
    messages.success(request, made % values)
    if adapted.findings:
        heading = _("Before it can go live in %(region)s, these names need a label or must go:")
        messages.warning(request, _listed(heading % values, map(str, adapted.findings)))
    if adapted.left:
        heading = _("These links still lead to %(source)s, because %(region)s has no such page:")
        messages.warning(request, _listed(heading % values, map(name_of, adapted.left)))
    if adapted.files:
        heading = _("These images and documents are another region’s own:")
        messages.warning(request, _listed(heading, map(str, adapted.files)))


def _listed(heading: str, items: Iterable[str]) -> SafeString:
    """Return a list of what there is to say, the first of it in full where there is much."""
    told = [*items]
    if more := told[MAX_LISTED:]:
        told = [*told[:MAX_LISTED], _("and %(number)s more") % {"number": len(more)}]
    lines = format_html_join("", "<li>{}</li>", ((item,) for item in told))
    return format_html("{}<ul>{}</ul>", heading, lines)

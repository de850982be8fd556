"""What a sender agrees to, in words that lead to the region's privacy notice, where it has one."""

from html import unescape
from typing import Any

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.models import StandardPage
from home.visibility import shown

from . import conf

PRIVACY_SLUG = "privacy"  # of the page that tells what becomes of people's data


def consent_of(home: Any) -> SafeString:
    """Return what people agree to who write to the region of the home page `home`."""
    days = conf.kept_days()
    kept = ngettext(
        "I agree that the team of this region reads my message, which may tell of my health, to answer it. "
        "It is deleted after %(days)d day.",
        "I agree that the team of this region reads my message, which may tell of my health, to answer it. "
        "It is deleted after %(days)d days.",
        days,
    ) % {"days": days}
    page = shown(StandardPage.objects.live().child_of(home).filter(slug=PRIVACY_SLUG)).first()
    if page is None:
        return format_html("{}", kept)
    more = _("More of that: %(page)s.") % {"page": "{}"}
    link = format_html('<a href="{}">{}</a>', page.get_url(), page.title)
    return format_html("{} {}", kept, format_html(more, link))


def plain(words: SafeString) -> str:
    """Return `words` as text."""
    return unescape(strip_tags(words))

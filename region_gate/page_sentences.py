"""What the gate says on pages besides the pages' own words, in the language of each."""

from functools import lru_cache

from django.conf import settings
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext

from region_gate.html.page_words import PageWords


def page_words(language: str | None) -> PageWords:
    """Return the gate's sentences on a page in `language`; None means the site's chief one."""
    return _page_words(language or settings.LANGUAGE_CODE)


@lru_cache(maxsize=64)
def _page_words(language: str) -> PageWords:
    with translation.override(language):
        return PageWords(
            leads_to_region=gettext("Leads to another region"),
            leads_to_third_party=gettext("Leads to another organisation’s website"),
            frame=gettext("Content from %(host)s is not shown on this page."),
            video=gettext("A video from %(host)s is not shown on this page."),
            audio=gettext("A sound recording from %(host)s is not played on this page."),
            region_part=gettext("Content of another region is not shown on this page."),
            blocked_part=gettext("Content that belongs here is not available."),
            go=gettext("Go to %(host)s"),
            go_to_region=gettext("Go to the other region"),
            form=gettext("What is entered here cannot be sent to %(host)s from this page."),
            region_form=gettext("What is entered here cannot be sent to another region from this page."),
            blocked_form=gettext("What is entered here cannot be sent."),
            link_too_long=gettext("(link too long to be opened)"),
            link_unreadable=gettext("(link with an invalid address)"),
            link_unavailable=gettext("(link not available)"),
            style=static("region_gate/notes.css"),
        )

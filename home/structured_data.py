"""What a page says of itself to search engines, as JSON-LD in the words of schema.org.

Nothing that visitors do not read on the page: whose it is, where it stands, when it was last changed and
reviewed, and what its model adds by `schema_facts`.
"""

import json
from typing import Any
from urllib.parse import urljoin

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from region_gate import clock

from .navigation import Navigation, canonical_url
from .summaries import summary_of

CONTEXT = "https://schema.org"
SITE_NAME = "Sirtex"
# Signs that could end the script, as JSON may write them.
ESCAPES = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})

Facts = dict[str, Any]


def structured_data(request: HttpRequest, page: Page, navigation: Navigation) -> Facts:
    """Return what `page`, which is being shown at `request`, says of itself."""
    url = canonical_url(request, page)
    start = urljoin(url, "/")
    publisher = _organisation(navigation, start)
    about: Facts = {
        "@type": "WebPage",
        "@id": url,
        "url": url,
        "name": page.title,
        "description": summary_of(page),
        "inLanguage": get_language(),
        "datePublished": _moment(page.first_published_at),
        "dateModified": _moment(page.last_published_at),
        "lastReviewed": _day(getattr(page, "approved_at", None)),
        "isPartOf": {"@type": "WebSite", "name": SITE_NAME, "url": start},
        "publisher": publisher,
        "breadcrumb": _breadcrumb(request, navigation),
        **(page.schema_facts() if hasattr(page, "schema_facts") else {}),
    }
    return {"@context": CONTEXT, **_known(about)}


def as_script(facts: Facts) -> SafeString:
    """Return `facts` as a block of data for the page: no script, for nothing of it runs."""
    said = json.dumps(facts, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{said}</script>')  # noqa: S308 - escaped above


def _known(facts: Facts) -> Facts:
    return {name: fact for name, fact in facts.items() if fact}


def _organisation(navigation: Navigation, start: str) -> Facts:
    contact = navigation.contact
    name = (contact.organisation if contact else "") or SITE_NAME
    told = {"telephone": contact.telephone, "email": contact.email} if contact else {}
    return {"@type": "Organization", "name": name, "url": start, **_known(told)}


def _breadcrumb(request: HttpRequest, navigation: Navigation) -> Facts | None:
    """Return the way from the region's home page to the page; None outside a region and for the home."""
    if not navigation.trail:
        return None
    items = [
        {"@type": "ListItem", "position": position, "name": one.title, "item": one.get_full_url(request)}
        for position, one in enumerate(navigation.trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _moment(at: Any) -> str:
    return at.isoformat() if at else ""


def _day(at: Any) -> str:
    return clock.day_of(at).isoformat() if at else ""

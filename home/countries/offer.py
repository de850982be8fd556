"""What somebody is offered who reads a region's page and seems to belong to another region."""

from typing import Any, NamedTuple
from urllib.parse import urljoin

from django.http import HttpRequest
from wagtail.models import Page

from home.visibility import shown
from region_gate import conf

from .directory import all_countries
from .suggestion import suggested

MAX_DIGITS = 18  # of a page's key


class Offer(NamedTuple):
    """A page of the region of the home page `home`: on the same topic, else that home page."""

    home: Any
    title: str
    url: str
    language: str


def offer(request: HttpRequest, home: Any, homes: Any, language: str) -> Offer | None:
    """Return what to offer to a reader below the region home page `home`, of all `homes` (a queryset).

    None for who belongs there, or to no region. The country is the one chosen before, `country` in the
    query, else what the request tells; `page` in the query is the key of what is read.
    """
    chosen = all_countries(language).get(request.GET.get("country", "").upper())
    country = chosen or suggested(request, language)
    theirs = homes.of_country(country.code) if country else []
    if not theirs or theirs[0].region_id == home.region_id:
        return None
    there = next((one for one in theirs if one.locale.language_code == language), theirs[0])
    page = _page(home, request.GET.get("page", ""))
    address = page.get_full_url(request) if page else None
    same = conf.alternative()(address, there.region.code, language) if address else None
    if same:
        return Offer(there, same.title, same.url, same.language)
    url = urljoin(request.build_absolute_uri(), there.get_url(request) or "/")
    return Offer(there, there.title, url, there.locale.language_code)


def _page(home: Any, key: str) -> Page | None:
    """Return the page with `key` below `home` that visitors are shown."""
    is_key = key.isascii() and key.isdecimal() and len(key) <= MAX_DIGITS
    return shown(Page.objects.live().descendant_of(home).filter(pk=int(key))).first() if is_key else None

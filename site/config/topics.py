"""The same topic in the visitor's own region, offered beside the words of a cross-region notice."""

from collections.abc import Iterator
from urllib.parse import unquote

from ada_url import URL
from wagtail.models import Site

from home.models import RegionHomePage
from home.ownership import owned_by
from home.visibility import shown
from region_gate.notices.alternatives import Alternative
from therapies.models import TherapyPage

from .gate import page_prefix


def same_topic(destination: str, region: str, language: str) -> Alternative | None:
    """Return the page of `region` about the topic of the therapy page at `destination`, if there are both.

    In `language`, else in the first of the region's languages that has it. `destination` is
    absolute, at a host of ours. Takes three queries.
    """
    places = list(places_of(destination))
    homes = list(RegionHomePage.objects.live().in_order().filter(region__code=region)) if places else []
    if not homes:
        return None
    homes.sort(key=lambda home: home.locale.language_code != language)
    pages = {page.locale_id: page for page in _pages(places, homes)}
    found = next((pages[home.locale_id] for home in homes if home.locale_id in pages), None)
    return Alternative(found.title, found.full_url, found.locale.language_code) if found else None


def _pages(places: list[str], homes: list[RegionHomePage]) -> Iterator[TherapyPage]:
    """Give the public pages below `homes` about the topic of the therapy page at one of `places`."""
    topics = TherapyPage.objects.live().filter(url_path__in=places).values("topic")
    theirs = owned_by(home.path for home in homes)
    pages = shown(TherapyPage.objects.live().public().filter(theirs, topic__in=topics))
    return pages.select_related("locale").iterator()


def places_of(destination: str) -> Iterator[str]:
    """Give where in the page tree the page at `destination` may stand, as a page's `url_path`."""
    url = URL(destination)
    for root in Site.get_site_root_paths():
        prefix = page_prefix("", root.language_code)
        if url.host == URL(root.root_url).host and url.pathname.startswith(prefix):
            path = unquote(url.pathname.removeprefix(prefix)).strip("/")
            yield f"{root.root_path}{path}/" if path else root.root_path

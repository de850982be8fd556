"""Links in texts to addresses of ours that have no page, or that lead on to another."""

from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from ada_url import URL
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.models import RegionHomePage
from home.models.pages import RESERVED_SLUGS
from redirecting.models import current_rules
from redirecting.reserved_addresses import is_reserved
from redirecting.rules import Rules
from region_gate.authoring.draft_links import Draft
from region_gate.links.destinations import DestinationKind
from region_gate.models import RegisteredLink
from therapies.content_walk import fields_of
from therapies.editing.oversights import Oversight
from therapies.reports.alerts import Alert, Watch
from therapies.usage.missing import Missing

from .topics import places_of

MAX_PLACES = 500  # in a query; of more, all pages are read
OURS = (DestinationKind.SAME_REGION, DestinationKind.NEUTRAL, DestinationKind.CROSS_REGION)


def nothing() -> str:
    """Return why a link leads nowhere."""
    return _("There is no page at this address.")


def dead_links(draft: Draft) -> Iterator[Missing]:
    """Give the links in the page's own content that lead to addresses of ours without a page."""
    for text, url, end in _ends_of(draft):
        if end is None:
            yield Missing(text, url, nothing())


def moved_links(draft: Draft) -> Iterator[Oversight]:
    """Give the links in the page's own content to addresses of ours from which visitors are led on."""
    for text, url, end in _ends_of(draft):
        if end:
            yield Oversight(text, url, _("It has moved: link to %(address)s.") % {"address": end})


def _ends_of(draft: Draft) -> Iterator[tuple[str, str, str | None]]:
    """Give the text and the address of each link to an address of ours, and where it ends."""
    here = URL(draft.page.full_url or draft.request.build_absolute_uri("/"))
    links = [found for found in draft.found if found.destination.kind in OURS]
    urls = {link: _as_visited(link.destination.url, here, draft.request.get_host()) for link in links}
    found = ends({url for url in urls.values() if URL(url).pathname != here.pathname})
    yield from ((link.text, url, found[url]) for link, url in urls.items() if url in found)


def _as_visited(url: str, page: URL, spoken_to: str) -> str:
    """Return `url` as visitors of `page` meet it: the editor may speak to us by another name."""
    found = URL(url)
    if found.host == spoken_to:
        found.host, found.protocol = page.host, page.protocol
    return str(found.href)


def dead_links_of_live_pages(watch: Watch) -> Iterator[Alert]:
    """Give the links that are typed into live pages, and that lead to addresses of ours without a page."""
    codes = {*watch.regions_by_code} | ({""} if watch.reach.is_whole else set())
    links = RegisteredLink.objects.filter(page__live=True, region__in=codes, kind__in=[*map(str, OURS)])
    dead = without_page(links.order_by().values_list("url", flat=True).distinct())
    candidates = links.filter(url__in=dead).select_related("page").order_by("pk")
    texts = _texts({link.page_id for link in candidates})
    for link in candidates:
        if link.href in texts[link.page_id]:  # not a menu's, which leads elsewhere by now
            region = watch.regions_by_code.get(link.region)
            address = watch.reach.page_address(link.page_id, region.pk if region else None)
            yield Alert(link.region, link.page.title, f"{link.url}: {nothing()}", address)


def without_page(urls: Iterable[str]) -> set[str]:
    """Return those of `urls`, absolute and at hosts of ours, at which there is no page."""
    return {url for url, end in ends(urls).items() if end is None}


def ends(urls: Iterable[str]) -> dict[str, str | None]:
    """Return where visitors of `urls`, absolute and at hosts of ours, end.

    Blank where they stay, None where there is no page.
    """
    places = {url: {*places_of(url)} for url in urls}
    live = _live(set().union(*places.values()))
    away = {url for url, here in places.items() if here and live.isdisjoint(here)}
    away -= {url for url in away if is_reserved(URL(url).pathname)}
    rules = current_rules() if away else Rules()
    return {url: _end(URL(url), rules) if url in away else "" for url in places}


def _live(places: set[str]) -> set[str]:
    """Return those of `places` in the tree, and perhaps others, that show a page."""
    pages = Page.objects.live()
    pages = pages if len(places) > MAX_PLACES else pages.filter(url_path__in=places)
    homes = RegionHomePage.objects.live().values_list("url_path", flat=True)
    answered = {f"{home}{slug}/" for home in homes for slug in RESERVED_SLUGS}
    return {*pages.values_list("url_path", flat=True)} | answered


def _end(url: URL, rules: Rules) -> str | None:
    hops = rules.follow(url.pathname + url.search)
    return hops[-1].target if hops else None


def _texts(pages: set[int]) -> dict[int, str]:
    """Return all that each page says, as it is stored."""
    found: Iterable[Any] = Page.objects.filter(pk__in=pages).specific()
    return {page.pk: unescape(" ".join(_stored(page))) for page in found}


def _stored(page: Page) -> Iterator[str]:
    return (str(field.value_to_string(page)) for field in fields_of(page))

"""The same page in other languages and for other countries, as the sitemap tells search engines (`hreflang`).

The pages about one topic, the lists of treatments, and the regions' home pages with the selectors each say
the same for other people; of every other page only its translations do. A page is for each country of its
region, in its language; whoever is none of these is led to the selector (`x-default`).

Source: RFC 5646 for the tags; developers.google.com/search/docs/specialty/international/localized-versions.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q
from wagtail.models import Page
from wagtail.query import PageQuerySet

from home.models import Region, RegionHomePage, RegionSelectorPage
from home.ownership import owner_at
from home.visibility import shown
from therapies.models import TherapyIndexPage

ELSEWHERE = "x-default"
HOMES, INDEXES, TOPIC = "homes", "indexes", "topic"
# A group of pages that say the same: its kind, and for some kinds which one.
Group = tuple[str, object]
KINDS: dict[type, str] = {RegionSelectorPage: HOMES, RegionHomePage: HOMES, TherapyIndexPage: INDEXES}


@dataclass(frozen=True)
class AlternateLink:
    """An address for people of a language, or of a language and a country."""

    hreflang: str
    url: str


@dataclass(frozen=True)
class ListedPage:
    """A page as the sitemap lists it."""

    url: str
    changed: datetime | None
    alternates: Sequence[AlternateLink]


def listable() -> PageQuerySet:
    """Return all pages that search engines may know, in the tree's order, as `listed` wants them."""
    pages = shown(Page.objects.live().public().filter(depth__gt=1)).order_by("path")
    return pages.select_related("locale", "content_type").annotate(topic=F("therapypage__topic"))


def listed(pages: Iterable[Page]) -> list[ListedPage]:
    """Return `pages`, of those that are listable, with the addresses of what says the same elsewhere."""
    found = [(page, url) for page in pages if (url := page.full_url)]
    links = _links({group_of(page) for page, _url in found})
    return [ListedPage(url, page.last_published_at, links[group_of(page)]) for page, url in found]


def group_of(page: Page) -> Group:
    """Return the group of a listable page."""
    if kind := KINDS.get(page.specific_class):
        return kind, None
    return (TOPIC, page.topic) if page.topic else ("", page.translation_key)


def hreflang(language: str, country: str = "") -> str:
    """Return the tag for `language`, such as "zh-hans", in `country`, such as "TW": "zh-Hans-TW"."""
    base, *others = language.split("-")
    scripts = [part.title() for part in others if len(part) == len("Hans")]
    own = [part.upper() for part in others if len(part) == len("TW")]
    return "-".join([base, *scripts, *([country] if country else own)])


def _links(groups: set[Group]) -> dict[Group, list[AlternateLink]]:
    """Return the addresses of the pages of `groups`, for each language and country the first one."""
    homes = RegionHomePage.objects.in_order().by_path()
    found: dict[Group, dict[str, str]] = defaultdict(dict)
    selector = RegionSelectorPage.objects.live().order_by("path").first()
    for page in _members(groups):
        home = owner_at(page.path, homes)
        for tag in _tags(page, home.region if home else None):
            found[group_of(page)].setdefault(tag, page.full_url or "")
    if selector and (url := selector.full_url):
        for links in found.values():
            links[ELSEWHERE] = url
    return {group: [AlternateLink(*link) for link in links.items()] for group, links in found.items()}


def _members(groups: set[Group]) -> PageQuerySet:
    topics = [key for kind, key in groups if kind == TOPIC]
    families = [key for kind, key in groups if not kind]
    kinds = {kind for kind, _key in groups}
    models = [model for model, kind in KINDS.items() if kind in kinds]
    return listable().filter(
        Q(therapypage__topic__in=topics)
        | Q(translation_key__in=families)
        | Q(content_type__in=ContentType.objects.get_for_models(*models).values())
    )


def _tags(page: Page, region: Region | None) -> list[str]:
    """Return for whom `page` is: all who read its language outside a region, its countries' people in one."""
    language = page.locale.language_code
    countries = [country.code for country in region.countries] if region else []
    return [hreflang(language, country) for country in countries] or [hreflang(language)]

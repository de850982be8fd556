"""What the gate is told of our regions; named in settings as REGION_GATE["REGIONS"]."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from ada_url import URL
from django.conf import settings
from django.db.models import Subquery
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Site
from wagtail.models.sites import SiteRootPath

from home.hosts import split_hosts
from home.models import RegionHomePage
from region_gate.regions import Address, Region, Regions


class Home(NamedTuple):
    """A live home page of a region, as one row of a query."""

    code: str
    name: str
    language: str
    url_path: str
    further_hosts: str
    default_site: int


def regions() -> Regions:
    """Return the live regions as the gate wants them, with one query."""
    default_site = Site.objects.filter(is_default_site=True).values("pk")[:1]
    homes = (
        RegionHomePage.objects.live()
        .in_order()
        .values_list(
            "region__code",
            "region__name",
            "locale__language_code",
            "url_path",
            "region__further_hosts",
            Subquery(default_site),
        )
    )
    return _regions(tuple(Home(*home) for home in homes), tuple(Site.get_site_root_paths()))


@lru_cache(maxsize=8)
def _regions(homes: tuple[Home, ...], roots: tuple[SiteRootPath, ...]) -> Regions:
    """Return the regions of `homes`, given in the regions' order."""
    hosts = {root.site_id: URL(root.root_url).host for root in roots}
    return Regions(
        regions=tuple(
            Region(code, name, tuple(dict.fromkeys(_addresses(list(its_homes), roots))))
            for (code, name), its_homes in groupby(homes, key=lambda home: home[:2])
        ),
        own_hosts=frozenset(hosts.values()),
        default_host=hosts.get(homes[0].default_site, "") if homes else "",
    )


def _addresses(homes: list[Home], roots: tuple[SiteRootPath, ...]) -> Iterator[Address]:
    """Give a region's addresses: its homes' first, on every site that shows them.

    Then the same places in the languages the region has no home in, whose error pages are the
    region's as well, and its further hosts.
    """
    places = [
        (URL(root.root_url).host, home.url_path.removeprefix(root.root_path), home.language)
        for home in homes
        for root in roots
        if home.url_path.startswith(root.root_path) and home.language == root.language_code
    ]
    for host, path, language in places:
        yield Address(host, _prefix(path, language), language)
    spoken = {home.language for home in homes}
    for host, path, _language in places:
        for language in dict(settings.LANGUAGES).keys() - spoken:
            yield Address(host, _prefix(path, language))
    for host in split_hosts(homes[0].further_hosts):
        yield Address(host, "/")


def _prefix(path: str, language: str) -> str:
    with override(language):
        return reverse("wagtail_serve", args=[path])

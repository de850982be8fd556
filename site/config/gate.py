"""What the gate is told of our site; named in the setting REGION_GATE."""

from collections.abc import Iterator
from functools import cache
from itertools import groupby, product
from typing import NamedTuple

from ada_url import URL, join_url
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from home.models import Region as RegionModel
from home.models import RegionHomePage, RegionSelectorPage
from home.ownership import owner_at
from redirecting.addresses import groups_in
from redirecting.models import Redirect, RedirectQuerySet, current_rules
from redirecting.rules import Match
from region_gate import clock
from region_gate.links.destinations import Redirects
from region_gate.links.regions import Address, Regions, RegionSpec
from therapies.models import Label


class Root(NamedTuple):
    """The root of a site's page tree in one language."""

    host: str
    url_path: str
    language: str


def regions() -> Regions:
    """Return the live regions as the gate wants them."""
    roots = list(_roots())
    hosts = frozenset(root.host for root in roots)
    documents = _documents()
    homes = RegionHomePage.objects.live().in_order()
    return Regions(
        regions=tuple(
            _region(list(its_homes), roots, hosts, documents)
            for _code, its_homes in groupby(homes, key=lambda home: home.region.code)
        ),
        own_hosts=hosts,
        default_host=_host_of(Site.objects.filter(is_default_site=True).first()),
    )


def redirects() -> Redirects:
    """Return what says where an address of ours redirects to."""
    return current_rules().target


def addresses() -> Iterator[str]:
    """Give what visitors can reach besides pages and documents.

    The regions' switches and searches, error pages in each language, redirects and the sitemap.
    """
    for home in RegionHomePage.objects.live().in_order():
        for path in ("regions/", "contact-form/", "search/", "search/?q=a", "nowhere-at-all/"):
            yield f"{home.full_url}{path}"
    for selector in RegionSelectorPage.objects.live():
        yield f"{selector.full_url}nowhere-at-all/"
    site = Site.objects.filter(is_default_site=True).first()
    if site:
        yield f"{site.root_url}/sitemap.xml"
        yield from (join_url(f"{site.root_url}/", rule.old_path) for rule in _plain_rules())


def leads_to(url: str) -> bool:
    """Say whether a redirect or a label in force leads to `url` (absolute, in the standard's spelling).

    The register of links holds what pages had when they were published, and no redirects. A pattern whose
    groups go into its target leads to hosts of ours alone, and to those that legal lets through.
    """
    targets = Redirect.objects.active().values_list("new_path", flat=True)
    labels = Label.objects.in_force(clock.today()).values_list("texts__instructions_url", flat=True)
    fixed = (target for target in targets if not groups_in(target))
    return any(_is_spelt(address, url) for address in (*fixed, *labels))


def _is_spelt(address: str, url: str) -> bool:
    return bool(address) and URL(address, url).href == url


def _plain_rules() -> RedirectQuerySet:
    """Return the redirects from one address each; a pattern has no address of its own to visit."""
    return Redirect.objects.active().exclude(match=Match.REGEX.value)


def _roots() -> Iterator[Root]:
    for site in Site.objects.select_related("root_page"):
        pages = Page.objects.filter(translation_key=site.root_page.translation_key)
        for page in pages.select_related("locale"):
            yield Root(_host_of(site), page.url_path, page.locale.language_code)


def _host_of(site: Site | None) -> str:
    return URL(site.root_url).host if site else ""


def _region(
    homes: list[RegionHomePage],
    roots: list[Root],
    hosts: frozenset[str],
    documents: dict[int, list[int]],
) -> RegionSpec:
    region = homes[0].region
    return RegionSpec(
        code=region.code,
        name=region.name,
        addresses=tuple(dict.fromkeys(_addresses(region, homes, roots))),
        holdings=tuple(
            Address(host, _document_prefix(pk)) for host, pk in product(hosts, documents.get(region.pk, ()))
        ),
    )


def _addresses(region: RegionModel, homes: list[RegionHomePage], roots: list[Root]) -> Iterator[Address]:
    """Give a region's addresses: its homes' first, on every site that shows them.

    Then the same places in the languages the region has no home in, whose error pages are the
    region's as well, and its further hosts.
    """
    spoken = {home.locale.language_code for home in homes}
    places = [
        (root, home.url_path.removeprefix(root.url_path))
        for home, root in product(homes, roots)
        if home.url_path.startswith(root.url_path) and home.locale.language_code == root.language
    ]
    for root, path in places:
        yield Address(root.host, page_prefix(path, root.language), root.language)
    for (root, path), language in product(places, dict(settings.LANGUAGES).keys() - spoken):
        yield Address(root.host, page_prefix(path, language))
    for host in region.hosts:
        yield Address(host, "/")


def _documents() -> dict[int, list[int]]:
    """Return the documents' keys by their region's: the region of their collection or one above it."""
    owners = RegionModel.objects.by_collection()
    found: dict[int, list[int]] = {}
    for pk, path in get_document_model().objects.values_list("pk", "collection__path"):
        if owner := owner_at(path, owners):
            found.setdefault(owner.pk, []).append(pk)
    return found


@cache
def _documents_path() -> str:
    return reverse("wagtaildocs_serve", args=[1, "a"]).removesuffix("1/a")


def _document_prefix(pk: int) -> str:
    return f"{_documents_path()}{pk}/"


def page_prefix(path: str, language: str) -> str:
    """Return the path at which pages below `path` of a site's root stand in `language`."""
    with override(language):
        return reverse("wagtail_serve", args=[path])

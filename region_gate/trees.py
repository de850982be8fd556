"""Regions ready made from page trees: each page of a type, or at a path, is the start of one."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from ada_url import URL
from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import override
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page, Site

from region_gate import conf
from region_gate.links.regions import Address, Regions, RegionSpec

MAX_CODE_LENGTH = 50


class SiteRoot(NamedTuple):
    """Where a site's pages start: its host, and its root page's place in the tree, in one language."""

    host: str
    url_path: str
    language: str


def regions() -> Regions:
    """Return the regions that `REGION_GATE["TREES"]` makes, those with a live page."""
    roots = list(_roots())
    found, codes = list[RegionSpec](), set[str]()
    for pages in tree_pages():
        code = _code(pages[0], codes)
        codes.add(code)
        if addresses := tuple(dict.fromkeys(_addresses(pages, roots))):
            found.append(RegionSpec(code, pages[0].title, addresses))
    default = Site.objects.filter(is_default_site=True).first()
    return Regions(
        tuple(found), frozenset(root.host for root in roots), _host(default.root_url) if default else ""
    )


def tree_pages() -> list[list[Page]]:
    """Return the pages of each region, live or not: one for each language, the chief language's first.

    The oldest region comes first, so that a later one takes no code away.
    """
    pages = Page.objects.filter(_is_tree()).select_related("locale").order_by("translation_key", "pk")
    trees = [sorted(tree, key=_rank) for _, tree in groupby(pages, attrgetter("translation_key"))]
    return sorted(trees, key=lambda tree: tree[0].pk)


def concerns(page: Page) -> bool:
    """Say whether `page` is the start of a region."""
    return isinstance(page, _types()) or Page.objects.filter(_is_tree(), pk=page.pk).exists()


def _is_tree() -> Q:
    found = Q(pk__in=[])
    for model in _types():
        found |= Q(pk__in=model.objects.values("pk"))
    for path in filter(_is_path, conf.trees()):
        found |= Q(url_path__in=[f"{root.url_path.rstrip('/')}{path}" for root in _roots()])
    return found


def _is_path(tree: str) -> bool:
    return tree.startswith("/")


def _types() -> tuple[type[Page], ...]:
    return tuple(apps.get_model(tree) for tree in conf.trees() if not _is_path(tree))


def _rank(page: Page) -> tuple[bool, int]:
    chief = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    return page.locale.language_code != chief, page.pk


def _code(page: Page, taken: Iterable[str]) -> str:
    """Return the page's slug, with its number where an older region has that code already."""
    code = page.slug[:MAX_CODE_LENGTH]
    number = f"-{page.pk}"
    return f"{code[: MAX_CODE_LENGTH - len(number)]}{number}" if code in taken else code


def _addresses(pages: Iterable[Page], roots: Iterable[SiteRoot]) -> Iterator[Address]:
    for page in pages:
        for root in roots if page.live else ():
            if page.url_path.startswith(root.url_path) and page.locale.language_code == root.language:
                path = page.url_path.removeprefix(root.url_path)
                with override(root.language):
                    yield Address(root.host, reverse("wagtail_serve", args=[path]), root.language)


def _roots() -> Iterator[SiteRoot]:
    for site in Site.objects.select_related("root_page").order_by("-is_default_site", "pk"):
        its_roots = Page.objects.filter(translation_key=site.root_page.translation_key)
        for root in its_roots.select_related("locale").order_by("pk"):
            yield SiteRoot(_host(site.root_url), root.url_path, root.locale.language_code)


def _host(url: str) -> str:
    return URL(url).host

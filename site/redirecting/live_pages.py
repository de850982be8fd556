"""The addresses of live pages, which no rule may hide, and of pages that move."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, Site
from wagtail.models.sites import SiteRootPath

from home.models import RegionHomePage
from home.models.pages import RESERVED_SLUGS

from .addresses import SAFE, canonical


class PageAddress(NamedTuple):
    """Where a page stands on one site: its path, and the site's root address (no slash at the end)."""

    site: int
    root_url: str
    path: str


class LivePages:
    """Every address of ours that shows a page, and the page's title."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        """Take the pages by their public addresses."""
        self.titles = titles

    @cached_property
    def _canonical(self) -> dict[str, str]:
        return {canonical(address): title for address, title in self.titles.items()}

    def title_at(self, address: str) -> str | None:
        """Return the title of the page at `address` (path and query), if there is one."""
        return self._canonical.get(canonical(address).partition("?")[0])

    def is_page(self, address: str) -> bool:
        """Say whether `address` shows a page."""
        return self.title_at(address) is not None


def live_pages() -> LivePages:
    """Return all live pages as they are now, with what region home pages answer below them."""
    roots = Roots()
    titles = {}
    for url_path, title in Page.objects.live().values_list("url_path", "title"):
        titles.update({address.path: title for address in roots.addresses(url_path)})
    for url_path, title in RegionHomePage.objects.live().values_list("url_path", "title"):
        for slug in RESERVED_SLUGS:
            titles.update({address.path: title for address in roots.addresses(f"{url_path}{slug}/")})
    return LivePages(titles)


class Roots:
    """The sites' roots in each language, from which every page's address follows without a query."""

    def __init__(self) -> None:
        """Take the roots as they are now."""
        self._bases = [(root, _base(root)) for root in Site.get_site_root_paths()]

    def addresses(self, url_path: str) -> Iterator[PageAddress]:
        """Give the address on each site that shows the page at `url_path`."""
        for root, base in self._bases:
            if url_path.startswith(root.root_path):
                path = base + quote(url_path.removeprefix(root.root_path), safe=SAFE)
                yield PageAddress(root.site_id, root.root_url, path)

    def moves(self, before: str, after: str) -> Iterator[tuple[str, str]]:
        """Give the old and new addresses of a page whose `url_path` changed.

        A page that has left a site is named with its new host.
        """
        new = list(self.addresses(after))
        for old in self.addresses(before):
            if target := _on_site(new, old.site):
                yield old.path, target


def _on_site(addresses: Iterable[PageAddress], site: int) -> str:
    here = {address.site: address.path for address in addresses}
    elsewhere = [f"{address.root_url}{address.path}" for address in addresses]
    return here.get(site) or next(iter(elsewhere), "")


def _base(root: SiteRootPath) -> str:
    """Return the address of a site's root in its language."""
    with override(root.language_code):
        return reverse("wagtail_serve", args=[""])

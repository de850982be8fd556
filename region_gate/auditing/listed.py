"""The addresses of ours that sitemaps name, however we come to serve them."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus

from ada_url import URL, join_url
from wagtail.models import Site

from region_gate import snapshot
from region_gate.auditing.flaws import AuditFault, Flaw
from region_gate.auditing.reachable import is_in
from region_gate.auditing.sitemap_documents import (
    SitemapDocument,
    UnreadableSitemapError,
    read_sitemap,
    sitemaps_in_robots,
)
from region_gate.internal_client import Visit, visitor
from region_gate.links.regions import plain_host

MAX_SITEMAPS = 1_000
MAX_LISTED = 500_000  # addresses
USUAL_PLACE = "sitemap.xml"
WEB = ("http:", "https:")


@dataclass(slots=True)
class Listing:
    """What the sitemaps name.

    `addresses` are ours, with the sitemap that names each; `sitemaps` are those that were visited,
    with what names each, blank where nothing does; `flaws` say what they hold that cannot be visited.
    """

    addresses: dict[str, str] = field(default_factory=dict)
    sitemaps: dict[str, str] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)


class _FullError(Exception):
    """More is named than is visited: where, the address, and why not."""


def listed_addresses(region: str = "") -> Listing:
    """Visit the sitemaps that each site's robots.txt names, and the one in the usual place.

    With `region`, only the addresses of this region are given.
    """
    found = _Walk().listing()
    found.addresses = {it: sitemap for it, sitemap in found.addresses.items() if is_in(region, it)}
    return found


class _Walk:
    """A walk from sitemap to sitemap, each visited once."""

    def __init__(self) -> None:
        self._roots = [f"{site.root_url}/" for site in Site.objects.order_by("pk")]
        self._found = Listing()
        self._hosts = {URL(root).host for root in self._roots}
        self._regions = snapshot.current().regions
        self._due: deque[str] = deque()

    def listing(self) -> Listing:
        """Return what was found on the whole walk."""
        try:
            self._walk()
        except _FullError as full:
            self._refuse(*full.args)
        return self._found

    def _walk(self) -> None:
        for root in self._roots:
            self._add_all_of_robots(f"{root}robots.txt")
        for root in self._roots:
            self._add(f"{root}{USUAL_PLACE}", "")
        while self._due:
            self._visit(self._due.popleft())

    def _add_all_of_robots(self, robots: str) -> None:
        seen = visitor()(robots)
        if seen.failed:
            self._refuse(robots, robots, f"HTTP {seen.status}")
        elif seen.status == HTTPStatus.OK and not seen.is_page:
            self._add_each(sitemaps_in_robots(seen.content.decode(errors="replace")), robots)

    def _add_each(self, written: Iterable[str], named_in: str) -> None:
        for address in self._ours(written, named_in):
            self._add(address, named_in)

    def _add(self, sitemap: str, named_in: str) -> None:
        if sitemap in self._found.sitemaps:
            return
        if len(self._found.sitemaps) >= MAX_SITEMAPS:
            raise _FullError(named_in, sitemap, f"more than {MAX_SITEMAPS} sitemaps")
        self._found.sitemaps[sitemap] = named_in
        self._due.append(sitemap)

    def _visit(self, sitemap: str) -> None:
        named_in = self._found.sitemaps[sitemap]
        seen = visitor()(sitemap)
        if seen.status != HTTPStatus.OK:
            self._miss(seen, named_in)
        elif named_in or not seen.is_page:  # else another page that is served at whatever address
            self._read(seen, named_in)

    def _miss(self, seen: Visit, named_in: str) -> None:
        """Follow a redirect from the usual place, which nobody has named; no sitemap there is no flaw."""
        if named_in or seen.failed:
            self._refuse(named_in or seen.url, seen.url, f"HTTP {seen.status}")
        elif seen.location:
            self._add_each([join_url(seen.url, seen.location)], "")

    def _read(self, seen: Visit, named_in: str) -> None:
        try:
            document = read_sitemap(seen.content)
        except UnreadableSitemapError as error:
            self._refuse(named_in or seen.url, seen.url, str(error))
            return
        self._add_each(document.sitemaps, seen.url)
        for address in self._addresses(document, seen.url):
            if len(self._found.addresses) >= MAX_LISTED:
                raise _FullError(seen.url, address, f"more than {MAX_LISTED} addresses")
            self._found.addresses.setdefault(address, seen.url)

    def _addresses(self, document: SitemapDocument, named_in: str) -> Iterator[str]:
        """Give the addresses; those in other languages may be on sites that are not ours."""
        yield from self._ours(document.addresses, named_in)
        alternates = (it for it in document.alternates if not self._is_elsewhere(_read_address(it)))
        yield from self._ours(alternates, named_in)

    def _ours(self, written: Iterable[str], named_in: str) -> Iterator[str]:
        for address in written:
            if self._is_ours(read := _read_address(address)):
                yield read
            elif named_in:
                self._refuse(named_in, address, "not an address of ours")

    def _is_ours(self, address: str) -> bool:
        host = plain_host(URL(address).host) if address else ""
        return host in self._hosts or self._regions.is_own(host)

    def _is_elsewhere(self, address: str) -> bool:
        return bool(address) and not self._is_ours(address)

    def _refuse(self, named_in: str, address: str, detail: str) -> None:
        self._found.flaws.append(Flaw(AuditFault.NOT_AS_LISTED, named_in, "sitemap", address, detail))


def _read_address(written: str) -> str:
    """Return an address of the web as the standard spells it, without its fragment; blank if it is none."""
    try:
        url = URL(written)
    except ValueError:
        return ""
    url.hash = ""
    return str(url.href) if url.protocol in WEB else ""

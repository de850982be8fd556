"""Checks what visitors get: every way out of every page, and the notice that stands there.

The pages are read again as they were served, so that what should have been gated and was not is
found whatever let it through.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Protocol, TypeVar

from ada_url import join_url

from region_gate.auditing.flaws import AuditFault, Flaw
from region_gate.auditing.listed import Listing
from region_gate.auditing.notice_check import check_notice
from region_gate.auditing.page_check import PageCheck, check_page
from region_gate.internal_client import visitor

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Each(Protocol):
    """Does one kind of work on each of some items, and gives the answers in the items' order."""

    def __call__(
        self, unit: str, work: Callable[[Item], Answer], items: Sequence[Item], /
    ) -> Iterable[Answer]:
        """Do `work` on `items`, which are called `unit` where people are told how far it is."""


@dataclass(slots=True)
class Audit:
    """What an audit has found: how many pages and notices it saw, ways out by kind, and the flaws."""

    pages: int = 0
    notices: int = 0
    totals: Counter[str] = field(default_factory=Counter)
    flaws: list[Flaw] = field(default_factory=list)


def one_by_one(_unit: str, work: Callable[[Item], Answer], items: Sequence[Item]) -> Iterator[Answer]:
    """Do the work here, one item after the other."""
    return map(work, items)


def audit(
    addresses: Iterable[str],
    unreachable: Mapping[str, Sequence[str]] | None = None,
    listed: Listing | None = None,
    each: Each = one_by_one,
) -> Audit:
    """Visit `addresses` (absolute), and each distinct notice that stands on the ways out of them.

    `unreachable` are addresses that may serve nothing of their own, by the one that they might stand for;
    `listed` is what sitemaps name, which have been visited themselves.
    """
    listed = listed or Listing()
    found, notices = Audit(flaws=[*listed.flaws]), dict[str, str]()
    pages = [*_pages(addresses, listed).items()]
    for (address, _sitemap), page in zip(pages, each("page", visit_page, pages), strict=True):
        found.pages += 1
        found.totals.update(page.totals)
        found.flaws += page.flaws
        for notice in page.notices:
            notices.setdefault(notice, address)
    for flaws in each("notice", visit_notice, [*notices.items()]):
        found.notices += 1
        found.flaws += flaws
    for flaws in each("document", visit_other_spellings, [*(unreachable or {}).items()]):
        found.flaws += flaws
    return found


def _pages(addresses: Iterable[str], listed: Listing) -> dict[str, str]:
    """Return every address to visit, with the sitemap that names it, blank where none does."""
    every = dict.fromkeys(addresses, "") | listed.addresses
    return {address: every[address] for address in every if address not in listed.sitemaps}


def visit_page(page: tuple[str, str]) -> PageCheck:
    """Check what is served at an address, given with the sitemap that names it."""
    address, sitemap = page
    seen = visitor()(address)
    found = check_page(seen)
    if sitemap and seen.status != HTTPStatus.OK and not seen.failed:
        flaw = Flaw(AuditFault.NOT_AS_LISTED, sitemap, "sitemap", address, f"HTTP {seen.status}")
        found.flaws.append(flaw)
    return found


def visit_notice(notice: tuple[str, str]) -> list[Flaw]:
    """Check a notice, given by its address and the page that leads to it."""
    address, page = notice
    return [*check_notice(visitor()(address), page)]


def visit_other_spellings(document: tuple[str, Sequence[str]]) -> list[Flaw]:
    """Check that nothing is served by other spellings, given by the address and those."""
    address, others = document
    return [*_served_otherwise(address, others)]


def _served_otherwise(address: str, others: Iterable[str]) -> Iterator[Flaw]:
    """Give those of `others` that serve something instead of leading to `address` or being refused."""
    visit = visitor()
    for other in others:
        seen = visit(other)
        led = join_url(other, seen.location) if seen.location else ""
        if led and led != address:
            seen = visit(led)
        if led != address and seen.status < HTTPStatus.BAD_REQUEST:
            yield Flaw(AuditFault.OTHER_SPELLING, address, "document", other, f"HTTP {seen.status}")

"""The redirects that a visitor meets from an address, and where they end."""

from collections.abc import Callable
from dataclasses import dataclass

from .addresses import read_target
from .live_pages import LivePages
from .reserved_addresses import is_reserved
from .rules import Hop, Rules
from .validation import MAX_CHAIN_LENGTH


@dataclass(frozen=True)
class Trace:
    """The steps from an address; `path` is their end, blank on another host."""

    address: str
    hops: list[Hop]
    end: str
    path: str
    title: str | None  # of the live page at the end
    is_endless: bool

    @property
    def is_elsewhere(self) -> bool:
        """Say whether it ends on another host."""
        return not self.path

    @property
    def is_reserved(self) -> bool:
        """Say whether it ends at an address that the site answers itself."""
        return is_reserved(self.path.partition("?")[0])

    @property
    def status(self) -> int | None:
        """The status that it ends with, where pages and rules decide it."""
        if self.is_elsewhere or self.is_reserved or self.is_endless:
            return None
        return 200 if self.title is not None else 404


def trace(address: str, rules: Rules, pages: LivePages) -> Trace:
    """Return the steps from `address`, a path or an absolute address of ours. Raises InvalidRuleError."""
    target = read_target(address if "://" in address else "/" + address.removeprefix("/"))
    start = rules.own_path(target)
    hops = rules.follow(start, MAX_CHAIN_LENGTH, is_page=_stops(pages)) if start else []
    end = hops[-1].target if hops else target
    path = rules.own_path(end) or ""
    is_endless = bool(hops and path and not _stops(pages)(path) and rules.hop(path))
    return Trace(start or target, hops, end, path, pages.title_at(path), is_endless)


def _stops(pages: LivePages) -> Callable[[str], bool]:
    return lambda path: pages.is_page(path) or is_reserved(path.partition("?")[0])

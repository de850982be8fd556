"""The regions as the gate knows them: plain values, and which region an address is in."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from unicodedata import decimal
from urllib.parse import unquote


@dataclass(frozen=True, slots=True)
class Address:
    """A place where a region's pages start.

    `host` is serialised as in the URL Standard, section 3.5 (with its port only where that is
    not the scheme's own); `prefix` is a path that starts and ends in a slash; `language` is the
    code of its pages' language, blank where there are several. Raises ValueError on any other prefix.
    """

    host: str
    prefix: str
    language: str = ""

    def __post_init__(self) -> None:
        """Refuse a prefix that does not start and end in a slash."""
        if not (self.prefix.startswith("/") and self.prefix.endswith("/")):
            raise ValueError(f"The prefix {self.prefix!r} must start and end in a slash.")


@dataclass(frozen=True, slots=True)
class RegionSpec:
    """A labelling area: its code (never blank), its name, its addresses (the chief one first).

    `holdings` are addresses of single things it owns, such as documents.
    """

    code: str
    name: str
    addresses: tuple[Address, ...] = ()
    holdings: tuple[Address, ...] = ()

    def home(self, language: str) -> Address | None:
        """Return where the region's pages in `language` start, else where its first ones do."""
        spoken = (address for address in self.addresses if address.language == language)
        return next(spoken, self.addresses[0] if self.addresses else None)


class Prefixes:
    """The regions' path prefixes on one host; whole segments, in any case, the longest wins.

    A number is read by its value, as a view takes 7 from 007 and from digits of any script.
    """

    def __init__(self) -> None:
        """Start with no prefix."""
        self._codes: dict[tuple[str, ...], str] = {}
        self._depth = 0

    def add(self, prefix: str, code: str) -> None:
        """Give `prefix` to the region `code`. Raises ValueError where it is another region's."""
        key = _with_numbers_read(segments(prefix))
        owner = self._codes.setdefault(key, code)
        if owner != code:
            raise ValueError(f"The prefix {prefix!r} is claimed by {owner!r} and by {code!r}.")
        self._depth = max(self._depth, len(key))

    def region_at(self, path: str) -> str | None:
        """Return the code of the region that owns `path`, or None."""
        parts = _with_numbers_read(segments(path)[: self._depth])
        for length in range(len(parts), -1, -1):
            if code := self._codes.get(parts[:length]):
                return code
        return None


@dataclass(frozen=True, eq=False)
class Regions:
    """All regions and all hosts of ours, prepared once for any number of pages.

    Two of these are equal only if they are the same one: they are keys of what has been seen.

    `own_hosts` are ours besides the regions' hosts. `default_host` is the host whose addresses
    also hold on the page's own host where that one is unknown: a development server answers as
    127.0.0.1:8000 while the addresses say localhost. Raises ValueError when two regions claim
    one address.
    """

    regions: tuple[RegionSpec, ...] = ()
    own_hosts: frozenset[str] = frozenset()
    default_host: str = ""

    def __post_init__(self) -> None:
        """Find contradictions now, and not on the first page."""
        _ = self._hosts

    @cached_property
    def _by_code(self) -> dict[str, RegionSpec]:
        return {region.code: region for region in self.regions}

    @cached_property
    def _hosts(self) -> dict[str, Prefixes]:
        hosts = {plain_host(host): Prefixes() for host in self.own_hosts}
        for region in self.regions:
            for address in (*region.addresses, *region.holdings):
                prefixes = hosts.setdefault(plain_host(address.host), Prefixes())
                prefixes.add(address.prefix, region.code)
        return hosts

    def get(self, code: str) -> RegionSpec | None:
        """Return the region with `code`, or None."""
        return self._by_code.get(code)

    def is_own(self, host: str) -> bool:
        """Say whether `host` is one of ours."""
        return host in self._hosts

    def region_at(self, host: str, path: str) -> str | None:
        """Return the code of the region that owns `path` (as in a URL, encoded) on `host`, or None."""
        prefixes = self._hosts.get(host)
        return prefixes.region_at(path) if prefixes else None

    def known_as(self, host: str) -> str:
        """Return the host whose addresses hold on a page of ours at `host`: its own, else the default."""
        return host if self.is_own(host) else plain_host(self.default_host) or host


def plain_host(host: str) -> str:
    """Return `host` (perhaps with a port) in lower case and without the root's trailing dot."""
    return host.lower().removesuffix(".").replace(".:", ":")


def segments(path: str) -> tuple[str, ...]:
    """Return the segments of `path` (as in a URL) as a lenient server may read them.

    Decoded once, as Django does, then without empty and dot segments, as a proxy may do:
    `/us/..%2feu/` is `("eu",)`. Case-folded, because addresses are served in any case.
    """
    return tuple(_resolve(unquote(path).casefold().split("/")))


def _with_numbers_read(parts: tuple[str, ...]) -> tuple[str, ...]:
    if not any(map(str.isdecimal, parts)):
        return parts
    return tuple(_read_number(part) if part.isdecimal() else part for part in parts)


def _read_number(digits: str) -> str:
    return "".join(str(decimal(digit)) for digit in digits).lstrip("0") or "0"


def _resolve(parts: Iterable[str]) -> list[str]:
    resolved: list[str] = []
    for part in parts:
        if part == "..":
            del resolved[-1:]
        elif part not in ("", "."):
            resolved.append(part)
    return resolved

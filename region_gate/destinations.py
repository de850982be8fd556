"""Where links lead, read as browsers read them (URL Living Standard, url.spec.whatwg.org)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from ada_url import idna_to_unicode, join_url, normalize_url

from region_gate.regions import Regions, plain_host

LONGEST = 2000
CONTACT_SCHEMES = frozenset({"mailto", "tel", "sms"})
UNMISTAKABLE = ("https://", "http://", "/", "#", "?")
C0_AND_SPACE = "".join(map(chr, range(0x21)))
TAB_AND_NEWLINE = dict.fromkeys(map(ord, "\t\n\r"))


class Kind(StrEnum):
    """What following a link means to a visitor."""

    SAME_REGION = "same region"
    NEUTRAL = "neutral"
    CONTACT = "contact"
    CROSS_REGION = "cross-region"
    THIRD_PARTY = "third-party"
    BLOCKED = "blocked"


class Reason(StrEnum):
    """Why a link is blocked."""

    NONE = ""
    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"
    SCHEME = "scheme"
    TOO_LONG = "too long"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a link leads.

    `url` is absolute, in the standard's one spelling; blank when unreadable. `host` has its port
    only where that is not the scheme's own. `region` is the code of the destination's region,
    blank outside all regions; `reason` says why it is blocked.
    """

    kind: Kind
    url: str = ""
    host: str = ""
    region: str = ""
    reason: Reason = Reason.NONE

    @property
    def is_crossing(self) -> bool:
        """Say whether a notice stands before it."""
        return self.kind is Kind.THIRD_PARTY or self.kind is Kind.CROSS_REGION

    @property
    def is_blocked(self) -> bool:
        """Say whether nobody is let through."""
        return self.kind is Kind.BLOCKED

    @property
    def readable_host(self) -> str:
        """Return the host in the letters it stands for, where it is written in Punycode."""
        return idna_to_unicode(self.host) if "xn--" in self.host else self.host


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """A page that links are seen from: its address, host and region's code (blank if neutral)."""

    page_url: str
    host: str
    region: str
    regions: Regions

    @classmethod
    def at(cls, page_url: str, regions: Regions, *, region: str | None = None) -> Self:
        """Stand on the page at `page_url` (absolute http or https), in `region` if given, else in its own.

        Raises ValueError when `page_url` cannot be read.
        """
        url = normalize_url(page_url)
        host, path = _host(url), _path(url)
        found = regions.region_at(regions.known_as(host), path) if region is None else region
        return cls(url, host, found or "", regions)

    def classify(self, href: str) -> Destination:
        """Say where `href`, an attribute of this page as written, leads."""
        if not href.startswith(UNMISTAKABLE) and _is_ambiguous(href):
            return Destination(Kind.BLOCKED, reason=Reason.AMBIGUOUS)
        try:
            url = join_url(self.page_url, href)
        except ValueError:
            return Destination(Kind.BLOCKED, reason=Reason.UNREADABLE)
        return self._classify_url(url)

    def _classify_url(self, url: str) -> Destination:
        if len(url) > LONGEST:
            return Destination(Kind.BLOCKED, url, reason=Reason.TOO_LONG)
        scheme = url.partition(":")[0]
        if scheme in CONTACT_SCHEMES:
            return Destination(Kind.CONTACT, url)
        if scheme not in ("https", "http"):
            return Destination(Kind.BLOCKED, url, reason=Reason.SCHEME)
        return self._classify_page(url, _host(url))

    def _classify_page(self, url: str, host: str) -> Destination:
        is_here = host == self.host
        if not is_here and not self.regions.is_own(host):
            return Destination(Kind.THIRD_PARTY, url, host)
        known_as = self.regions.known_as(host) if is_here else host
        region = self.regions.region_at(known_as, _path(url)) or ""
        return Destination(self._kind_of(region), url, host, region)

    def _kind_of(self, region: str) -> Kind:
        if not region or not self.region:
            return Kind.NEUTRAL
        return Kind.SAME_REGION if region == self.region else Kind.CROSS_REGION


def classify(href: str, *, page_url: str, regions: Regions) -> Destination:
    r"""Say where `href`, found on the page at `page_url`, leads.

    `href` is the attribute as written; `page_url` is absolute. Both are read as browsers read
    them, so `/\evil.example` is a third party. For many links of one page, keep a `Viewpoint`.

    Source: URL Living Standard, section 4.4 (url.spec.whatwg.org).
    """
    return Viewpoint.at(page_url, regions).classify(href)


def _host(url: str) -> str:
    """Return the host of a canonical http(s) address, where `/` and `@` are only what they look like."""
    authority = url.split("/", 3)[2]
    return plain_host(authority.rpartition("@")[2])


def _path(url: str) -> str:
    """Return the path of a canonical http(s) address."""
    path = url.split("/", 3)[3]
    return "/" + path.partition("#")[0].partition("?")[0]


def _is_ambiguous(href: str) -> bool:
    """Find `https:evil.example`: relative on a page with that scheme, another host elsewhere."""
    cleaned = href.lstrip(C0_AND_SPACE).translate(TAB_AND_NEWLINE)
    scheme, colon, rest = cleaned.partition(":")
    is_web = bool(colon) and scheme.lower() in ("http", "https")
    return is_web and not rest.replace("\\", "/").startswith("//")

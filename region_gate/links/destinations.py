"""Where links lead, read as browsers read them (URL Living Standard, url.spec.whatwg.org)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, Self

from ada_url import idna_to_unicode, normalize_url

from region_gate.links.addresses import AmbiguousError, address_of, host_of, origin_of, path_of, resolve
from region_gate.links.contact_schemes import CONTACT_SCHEMES
from region_gate.links.policies import NO_POLICIES, Decision, Policies, PolicyRule
from region_gate.links.regions import Regions

MAX_URL_LENGTH = 4000  # characters; what leads to the notice is below 8,000 then, as proxies demand
MAX_HOPS = 5
# What is remembered of links: so many, each of at most so many characters (about 16 MB in all).
MAX_CACHED = 16_384
MAX_CACHED_LENGTH = 400
# What links have for an address that exist for their handlers. Exactly these: all else may be code.
INERT = re.compile(r"javascript: *(?:;|void(?:\(0\)| 0);?)?")
FROM_THE_ROOT = ("/", "https://", "http://")


class DestinationKind(StrEnum):
    """What following a link means to a visitor."""

    SAME_REGION = "same region"
    NEUTRAL = "neutral"
    EXEMPT = "exempt"
    CONTACT = "contact"
    INERT = "inert"
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
    POLICY = "policy"
    DEEP_LINK = "deep link"
    NO_WORDS = "no words"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a link leads.

    `url` is absolute, in the standard's one spelling; blank when unreadable. `host` has its port
    only where that is not the scheme's own. `region` is the code of the destination's region,
    blank outside all regions; `reason` says why it is blocked; `policy` is the number of the policy
    that decided, 0 where none did.
    """

    kind: DestinationKind
    url: str = ""
    host: str = ""
    region: str = ""
    reason: Reason = Reason.NONE
    policy: int = 0

    @property
    def is_crossing(self) -> bool:
        """Say whether a notice stands before it."""
        return self.kind is DestinationKind.THIRD_PARTY or self.kind is DestinationKind.CROSS_REGION

    @property
    def is_blocked(self) -> bool:
        """Say whether the gate blocks it."""
        return self.kind is DestinationKind.BLOCKED

    @property
    def is_exception(self) -> bool:
        """Say whether a policy lets links lead there, not the address itself."""
        is_let = bool(self.policy) or self.kind is DestinationKind.EXEMPT
        return is_let and not (self.is_blocked or self.is_crossing)

    @property
    def readable_host(self) -> str:
        """Return the host in the letters it stands for, where it is written in Punycode."""
        return idna_to_unicode(self.host) if "xn--" in self.host else self.host


# Where an address of ours (path and query) redirects to, if it does.
Redirects = Callable[[str], str | None]


def no_redirects(_address: str) -> None:
    """Say that no address redirects."""


# Which crossings have no approved words, and hence are closed.
Wordless = frozenset[DestinationKind]
ALL_HAVE_WORDS: Wordless = frozenset()


class Outlook(NamedTuple):
    """What links mean alike on all pages of one region and host; `origin` ends in a slash."""

    origin: str
    host: str
    region: str
    regions: Regions
    policies: Policies = NO_POLICIES
    redirects: Redirects = no_redirects
    contact_schemes: frozenset[str] = CONTACT_SCHEMES
    wordless: Wordless = ALL_HAVE_WORDS


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """A page that links are seen from: its address, and what is seen from there."""

    page_url: str
    outlook: Outlook

    @classmethod
    def at(
        cls,
        page_url: str,
        regions: Regions,
        policies: Policies = NO_POLICIES,
        redirects: Redirects = no_redirects,
        contact_schemes: frozenset[str] = CONTACT_SCHEMES,
        wordless: Wordless = ALL_HAVE_WORDS,
        *,
        region: str | None = None,
    ) -> Self:
        """Return the viewpoint of the page at `page_url` (absolute http or https), in `region` or its own.

        Raises ValueError when `page_url` cannot be read.
        """
        url = normalize_url(page_url)
        host = host_of(url)
        found = regions.region_at(regions.known_as(host), path_of(url)) if region is None else region
        seen = (regions, policies, redirects, contact_schemes, wordless)
        return cls(url, Outlook(origin_of(url), host, found or "", *seen))

    @property
    def region(self) -> str:
        """Return the code of the page's region, blank if it is neutral."""
        return self.outlook.region

    @property
    def host(self) -> str:
        """Return the page's host."""
        return self.outlook.host

    @property
    def regions(self) -> Regions:
        """Return all regions."""
        return self.outlook.regions

    def classify(self, href: str) -> Destination:
        """Say where `href`, an attribute of this page as written, leads."""
        if means_the_same_everywhere(href):
            return _seen(self.outlook, href)
        return _read(href, self.page_url, self.outlook)


def classify(
    href: str,
    *,
    page_url: str,
    regions: Regions,
    policies: Policies = NO_POLICIES,
    redirects: Redirects = no_redirects,
) -> Destination:
    r"""Say where `href`, found on the page at `page_url`, leads.

    `href` is the attribute as written; `page_url` is absolute. Both are read as browsers read
    them, so `/\evil.example` is a third party. For many links of one page, keep a `Viewpoint`.

    Source: URL Living Standard, section 4.4 (url.spec.whatwg.org).
    """
    return Viewpoint.at(page_url, regions, policies, redirects).classify(href)


def means_the_same_everywhere(href: str) -> bool:
    """Say whether `href` leads to the same place from all pages of an outlook, so it may be cached."""
    return href.startswith(FROM_THE_ROOT) and len(href) <= MAX_CACHED_LENGTH


@lru_cache(MAX_CACHED)
def _seen(outlook: Outlook, href: str) -> Destination:
    """Classify an address that means the same on each page of the outlook."""
    return _read(href, outlook.origin, outlook)


def _read(href: str, page_url: str, outlook: Outlook) -> Destination:
    """Classify `href`, following our own redirects: whatever stops a visitor there stops the link."""
    first = found = _look(href, page_url, outlook)
    for _ in range(MAX_HOPS):
        if not _is_passage(found, outlook):
            return found
        if _is_same_page(found.url, page_url):
            break
        target = outlook.redirects(address_of(found.url))
        if target is None:
            break
        found = _look(target, found.url, outlook)
    return first


def _look(href: str, page_url: str, outlook: Outlook) -> Destination:
    try:
        return _close_without_words(_judge(resolve(href, page_url), outlook), outlook)
    except AmbiguousError:
        return Destination(DestinationKind.BLOCKED, reason=Reason.AMBIGUOUS)
    except ValueError:
        return Destination(DestinationKind.BLOCKED, reason=Reason.UNREADABLE)


def _close_without_words(found: Destination, outlook: Outlook) -> Destination:
    """Return `found`, blocked where it is a crossing that no notice can stand before."""
    if found.kind in outlook.wordless:
        return replace(found, kind=DestinationKind.BLOCKED, reason=Reason.NO_WORDS)
    return found


def _is_same_page(url: str, page_url: str) -> bool:
    """Say whether `url` is the page itself, which is being served, so it does not redirect."""
    return origin_of(url) == origin_of(page_url) and path_of(url) == path_of(page_url)


def _is_passage(found: Destination, outlook: Outlook) -> bool:
    """Say whether `found` lets visitors through to a host of ours, which may redirect them."""
    is_ours = bool(found.host) and (found.host == outlook.host or outlook.regions.is_own(found.host))
    return is_ours and not (found.is_crossing or found.is_blocked)


def _judge(url: str, outlook: Outlook) -> Destination:
    if len(url) > MAX_URL_LENGTH:
        return Destination(DestinationKind.BLOCKED, url, reason=Reason.TOO_LONG)
    scheme = url.partition(":")[0]
    if scheme in outlook.contact_schemes:
        return Destination(DestinationKind.CONTACT, url)
    if scheme == "javascript" and INERT.fullmatch(url):
        return Destination(DestinationKind.INERT, url)
    if scheme not in ("https", "http"):
        return Destination(DestinationKind.BLOCKED, url, reason=Reason.SCHEME)
    host = host_of(url)
    if policy := outlook.policies.governing(host, path_of(url), outlook.region):
        return replace(_by_policy(policy, url, outlook), url=url, host=host, policy=policy.number)
    return _by_address(url, host, outlook)


def _by_address(url: str, host: str, outlook: Outlook) -> Destination:
    is_here = host == outlook.host
    if not is_here and not outlook.regions.is_own(host):
        return Destination(DestinationKind.THIRD_PARTY, url, host)
    known_as = outlook.regions.known_as(host) if is_here else host
    region = outlook.regions.region_at(known_as, path_of(url)) or ""
    return Destination(_kind_of(region, outlook), url, host, region)


def _by_policy(policy: PolicyRule, url: str, outlook: Outlook) -> Destination:
    match policy.decision:
        case Decision.OURS:
            return Destination(_kind_of(policy.region, outlook), region=policy.region)
        case Decision.NEUTRAL:
            return Destination(DestinationKind.NEUTRAL)
        case Decision.EXEMPT:
            return Destination(DestinationKind.EXEMPT)
        case Decision.HOMEPAGE_ONLY if address_of(url) == "/":
            return Destination(DestinationKind.THIRD_PARTY)
        case Decision.HOMEPAGE_ONLY:
            return Destination(DestinationKind.BLOCKED, reason=Reason.DEEP_LINK)
    return Destination(DestinationKind.BLOCKED, reason=Reason.POLICY)


def _kind_of(region: str, outlook: Outlook) -> DestinationKind:
    if not region or not outlook.region:
        return DestinationKind.NEUTRAL
    return DestinationKind.SAME_REGION if region == outlook.region else DestinationKind.CROSS_REGION

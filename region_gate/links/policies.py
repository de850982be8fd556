"""Legal's standing decisions about hosts and addresses: plain values, and which one governs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from region_gate.links.addresses import host_of, path_of
from region_gate.links.regions import plain_host, segments


class Decision(StrEnum):
    """What legal has decided about a host or an address there."""

    OURS = "ours in a region"
    NEUTRAL = "ours, neutral"
    EXEMPT = "exempt"
    HOMEPAGE_ONLY = "homepage only"
    BLOCKED = "blocked"


LETTING_THROUGH = frozenset({Decision.OURS, Decision.NEUTRAL, Decision.EXEMPT})


@dataclass(frozen=True, slots=True)
class PolicyRule:
    """A decision in force about `host`, below `path` (starts with a slash), for links from `source`.

    `host` is serialised as in the URL Standard, section 3.5; with `subdomains` it stands for all
    hosts below it, too. `source` is a region's code, blank for links from everywhere; `region`
    is the code of the region that an address decided to be OURS is in. `number` names the policy
    in the register.
    """

    decision: Decision
    host: str
    path: str = "/"
    subdomains: bool = False
    source: str = ""
    region: str = ""
    number: int = 0


class _Paths:
    """The policies of one host, by path and source."""

    def __init__(self) -> None:
        self._policies: dict[tuple[tuple[str, ...], str], PolicyRule] = {}
        self._depth = 0

    def add(self, policy: PolicyRule) -> None:
        parts = segments(policy.path)
        if self._policies.setdefault((parts, policy.source), policy) is not policy:
            raise ValueError(f"Two policies decide about {policy.path!r} on {policy.host!r}.")
        self._depth = max(self._depth, len(parts))

    def governing(self, parts: tuple[str, ...], source: str) -> PolicyRule | None:
        for length in range(min(self._depth, len(parts)), -1, -1):
            for who in (source, ""):
                if policy := self._policies.get((parts[:length], who)):
                    return policy
        return None


class Policies:
    """All policies in force, prepared once for any number of links.

    The longest match wins: first the host itself before the hosts it lies below, then the longest
    path (whole segments, read as `regions.segments` reads them), then the one for the link's own
    source before the one for all. Raises ValueError where two decide the same thing.
    """

    def __init__(self, policies: Iterable[PolicyRule] = ()) -> None:
        """Prepare `policies`."""
        self._hosts: dict[str, _Paths] = {}
        self._domains: dict[str, _Paths] = {}
        for policy in policies:
            places = self._domains if policy.subdomains else self._hosts
            places.setdefault(plain_host(policy.host), _Paths()).add(policy)

    def governing(self, host: str, path: str, source: str) -> PolicyRule | None:
        """Return the policy for `path` (as in a URL) on `host`, linked from the region `source`."""
        places = self._places_of(host)
        if not places:
            return None
        parts = segments(path)
        found = (place.governing(parts, source) for place in places)
        return next((policy for policy in found if policy), None)

    def let_through(self, url: str) -> bool:
        """Say whether legal trusts `url` (absolute http or https, resolved), whoever links there."""
        policy = self.governing(host_of(url), path_of(url), "")
        return policy is not None and policy.decision in LETTING_THROUGH

    def _places_of(self, host: str) -> list[_Paths]:
        """Return the policies about `host` itself, then those about it and its parent domains."""
        places = [self._hosts[host]] if host in self._hosts else []
        if self._domains:
            places += [self._domains[name] for name in _and_parents(host) if name in self._domains]
        return places


def _and_parents(host: str) -> Iterator[str]:
    """Yield `host` and its parent domains, the nearest first."""
    while host:
        yield host
        host = host.partition(".")[2]


NO_POLICIES = Policies()

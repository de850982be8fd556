"""Rules as plain values, and the one function that decides where they lead.

Exact rules come before those for everything below an address, and these before patterns; within
each, the highest priority, then the longest source. Upper and lower case and a slash at the end
make no difference. A source without a query matches any query, which then goes along to a target
of ours that has none of its own; it never goes along to another host. A source with a query
matches just that one.

A pattern whose groups go into an address of another host would let visitors choose any page there:
it leads nowhere, unless legal lets that address through.
"""

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple, Self

from ada_url import URL

from .addresses import HERE, InvalidRuleError, canonical, expand, groups_in, origin, with_query
from .patterns import compile_pattern, match

logger = logging.getLogger(__name__)


class Match(StrEnum):
    """What a rule's source stands for."""

    EXACT = "exact"
    PREFIX = "prefix"
    REGEX = "regex"


@dataclass(frozen=True, slots=True)
class Rule:
    """Where one source leads; `pk` is blank for a rule that is not kept yet."""

    source: str
    target: str
    match: str = Match.EXACT
    status: int = 301
    priority: int = 0
    pk: int | None = None


class Hop(NamedTuple):
    """One step of a visitor: from an address, by a rule, to its target."""

    address: str
    rule: Rule
    target: str


class Found(NamedTuple):
    """A rule that matches, the groups that its target takes in, and the query that goes along."""

    rule: Rule
    groups: tuple[str | None, ...]
    query: str


# Whether legal lets visitors through to an address (absolute) of another host.
LetThrough = Callable[[str], bool]


def nowhere(_address: str) -> bool:
    """Say that legal lets visitors through to no address."""
    return False


@dataclass(frozen=True)
class Rules:
    """All rules, prepared once for any number of addresses; make them with `Rules.of`.

    `own_hosts` are our hosts as origins ("https://www.example.com"): a target there is followed on.
    """

    exact: Mapping[str, Rule] = field(default_factory=dict)
    prefixes: tuple[tuple[str, Rule], ...] = ()
    patterns: tuple[tuple[re.Pattern[str], Rule], ...] = ()
    own_hosts: frozenset[str] = frozenset()
    let_through: LetThrough = nowhere

    @classmethod
    def of(
        cls, rules: Iterable[Rule], own_hosts: Iterable[str] = (), let_through: LetThrough = nowhere
    ) -> Self:
        """Prepare `rules`; one that cannot be read is logged and left out."""
        exact: dict[str, Rule] = {}
        prefixes: list[tuple[str, Rule]] = []
        patterns: list[tuple[re.Pattern[str], Rule]] = []
        for rule in sorted(rules, key=lambda rule: (-rule.priority, -len(rule.source), rule.source)):
            if rule.match == Match.EXACT:
                exact.setdefault(canonical(rule.source), rule)
            elif rule.match == Match.PREFIX:
                prefixes.append((canonical(rule.source).rstrip("/"), rule))
            else:
                patterns.extend(_readable(rule))
        return cls(exact, tuple(prefixes), tuple(patterns), frozenset(own_hosts), let_through)

    def __iter__(self) -> Iterator[Rule]:
        """Give every rule."""
        yield from self.exact.values()
        yield from (rule for _source, rule in (*self.prefixes, *self.patterns))

    def without(self, pk: int | None) -> "Rules":
        """Return the others, without the rule that is kept as `pk`; all of them for None."""
        if pk is None:
            return self
        return Rules.of((rule for rule in self if rule.pk != pk), self.own_hosts, self.let_through)

    def having(self, rule: Rule) -> "Rules":
        """Return these rules and `rule`."""
        if rule.match == Match.EXACT:
            return replace(self, exact={**self.exact, canonical(rule.source): rule})
        return Rules.of([*self, rule], self.own_hosts, self.let_through)

    def has_source(self, source: str) -> bool:
        """Say whether a rule of any kind has `source`, given in its one spelling."""
        others = (*self.prefixes, *self.patterns)
        return source in self.exact or any(rule.source == source for _source, rule in others)

    def rule_at(self, address: str) -> Rule | None:
        """Return the rule for `address` (path and query), wherever it may lead."""
        found = self._find(address)
        return found.rule if found else None

    def target(self, path_and_query: str) -> str | None:
        """Return where a visitor who asks for `path_and_query` is sent, or None."""
        hop = self.hop(path_and_query)
        return hop.target if hop else None

    def hop(self, address: str) -> Hop | None:
        """Return the one step from `address` (path and query); None where no rule leads anywhere."""
        found = self._find(address)
        if not found:
            return None
        try:
            target = with_query(expand(found.rule.target, found.groups), found.query)
        except InvalidRuleError as error:
            logger.warning("Rule %s from %r is bad: %s", found.rule.pk, found.rule.source, error)
            return None
        if self._is_same(target, address) or self.is_open(found.rule, target):
            return None
        return Hop(address, found.rule, target)

    def is_open(self, rule: Rule, target: str) -> bool:
        """Say whether visitors choose which page of another host `rule` leads to, and nobody lets them.

        `target` is where it leads for one of them.
        """
        if not groups_in(rule.target) or self.own_path(target) is not None:
            return False
        host = URL(target).host
        return all(URL(own).host != host for own in self.own_hosts) and not self.let_through(target)

    def follow(
        self, path: str, limit: int = 5, *, is_page: Callable[[str], bool] = lambda _path: False
    ) -> list[Hop]:
        """Return the steps from `path`, at most `limit`.

        They end where `is_page` finds a page, which no rule hides, where no rule matches, at another
        host, and where an address would come again.
        """
        hops: list[Hop] = []
        here: str | None = path
        seen: set[str] = set()
        while here and canonical(here) not in seen and len(hops) < limit and not is_page(here):
            seen.add(canonical(here))
            hop = self.hop(here)
            if not hop:
                break
            hops.append(hop)
            here = self.own_path(hop.target)
        return hops

    def is_loop(self, hops: list[Hop]) -> bool:
        """Say whether `hops` come back to an address that they have left."""
        end = self.own_path(hops[-1].target) if hops else None
        return end is not None and canonical(end) in {canonical(hop.address) for hop in hops}

    def own_path(self, target: str) -> str | None:
        """Return path and query of `target`, or None on another host."""
        here = origin(target)
        if here != HERE and here not in self.own_hosts:
            return None
        path = target if here == HERE else "/" + target.split("/", 3)[3]
        return path.partition("#")[0]

    def _is_same(self, target: str, address: str) -> bool:
        path = self.own_path(target)
        return path is not None and canonical(path) == canonical(address)

    def _find(self, address: str) -> Found | None:
        raw, _question, query = address.partition("#")[0].partition("?")
        whole = canonical(address.partition("#")[0])
        path = whole.partition("?")[0]
        if rule := self.exact.get(whole):
            return Found(rule, (), "" if "?" in rule.source else query)
        if rule := self.exact.get(path):
            return Found(rule, (), query)
        for prefix, rule in self.prefixes:
            if path == prefix or path.startswith(f"{prefix}/"):
                return Found(rule, (), query)
        return self._find_pattern(raw, query)

    def _find_pattern(self, path: str, query: str) -> Found | None:
        """Try each pattern on the path, with and without its last slash, then on path and query."""
        other = path.rstrip("/") if path.endswith("/") else f"{path}/"
        tries = [(path, query), (other, query)]
        tries += [(f"{path}?{query}", ""), (f"{other}?{query}", "")] if query else []
        for pattern, rule in self.patterns:
            for text, goes_along in tries:
                if found := match(pattern, text):
                    return Found(rule, found.groups(), goes_along)
        return None


def _readable(rule: Rule) -> Iterator[tuple[re.Pattern[str], Rule]]:
    try:
        yield compile_pattern(rule.source), rule
    except InvalidRuleError as error:
        logger.warning("Rule %s has the bad pattern %r: %s", rule.pk, rule.source, error)

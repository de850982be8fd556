"""Which rules are refused, and what to type instead."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .addresses import GROUP, InvalidRuleError, groups_in, read_source, read_target, read_template
from .live_pages import LivePages
from .patterns import compile_pattern
from .reserved_addresses import is_reserved, reserved_samples
from .rules import Hop, Match, Rule, Rules

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_CHAIN_LENGTH = 5
SOURCE, TARGET = "old_path", "new_path"


@dataclass(frozen=True)
class Surroundings:
    """What a rule must agree with: the other rules and the live pages."""

    rules: Rules
    pages: LivePages


def accept(rule: Rule, around: Surroundings) -> Rule:
    """Return `rule` in its one spelling. Raises ValidationError, by field, saying what to type instead."""
    read = _read(rule)
    _check_source(read, around)
    _check_end(read, around)
    return read


def _read(rule: Rule) -> Rule:
    errors: dict[str, StrOrPromise] = {}
    source, target = rule.source.strip(), rule.target.strip()
    try:
        source = _read_source(rule, source)
    except InvalidRuleError as error:
        errors[SOURCE] = error.message
    try:
        target = _read_target(rule, target)
    except InvalidRuleError as error:
        errors[TARGET] = error.message
    if errors:
        raise ValidationError(errors)
    return replace(rule, source=source, target=target)


def _read_source(rule: Rule, text: str) -> str:
    if rule.match == Match.REGEX:
        compile_pattern(text)
        return text
    source = read_source(text)
    if rule.match == Match.PREFIX and "?" in source:
        raise InvalidRuleError(_("Leave out “?” and what follows: everything below an address has no query."))
    return source


def _read_target(rule: Rule, text: str) -> str:
    if rule.match != Match.REGEX:
        if GROUP.search(text):
            raise InvalidRuleError(
                _("Only a pattern has groups. Choose “Pattern”, or type the whole address.")
            )
        return read_target(text)
    target = read_template(text)
    missing = groups_in(target) - set(range(1, _group_count(rule) + 1))
    if missing:
        raise InvalidRuleError(
            _("The pattern has no group $%(number)s. Groups are what stands in ( ), counted from $1.")
            % {"number": min(missing)}
        )
    return target


def _group_count(rule: Rule) -> int:
    """Return how many groups the source has; a source that cannot be read has none to miss."""
    try:
        return compile_pattern(rule.source.strip()).groups
    except InvalidRuleError:
        return 99


def _check_source(rule: Rule, around: Surroundings) -> None:
    if reserved := _reserved(rule):
        _refuse(SOURCE, _("%(address)s is the site's own. Type the address of a page."), address=reserved)
    if hidden := _hidden_page(rule, around.pages):
        _refuse(
            SOURCE,
            _("%(address)s shows the page “%(title)s”. Unpublish or move it, or type another address."),
            address=hidden,
            title=around.pages.title_at(hidden),
        )
    if around.rules.has_source(rule.source):
        _refuse(SOURCE, _("There is a redirect from %(address)s already: edit that."), address=rule.source)


def _reserved(rule: Rule) -> str | None:
    if rule.match != Match.REGEX:
        return rule.source if is_reserved(rule.source) else None
    alone = Rules.of([rule])
    return next((sample for sample in reserved_samples() if alone.rule_at(sample)), None)


def _hidden_page(rule: Rule, pages: LivePages) -> str | None:
    """Return the address of a live page that `rule` would hide."""
    if rule.match == Match.EXACT:
        return rule.source if pages.is_page(rule.source) else None
    alone = Rules.of([rule])
    return next((address for address in pages.titles if alone.rule_at(address)), None)


def _check_end(rule: Rule, around: Surroundings) -> None:
    """Refuse a loop, a chain of rules that is too long, and an end at which there is nothing."""
    rules = around.rules.having(rule)
    hops = _hops(rule, rules, around.pages)
    is_long = len(hops) > MAX_CHAIN_LENGTH
    if rules.is_loop(hops) or (not is_long and _is_stuck(hops, rules, around.pages)):
        _refuse(TARGET, _("This leads in a circle: %(way)s. Type where visitors shall end."), way=_way(hops))
    if is_long:
        _refuse(TARGET, _("This chain is too long: %(way)s. Type where visitors shall end."), way=_way(hops))
    if _is_nowhere(hops[-1], rules, around.pages):
        _refuse(
            TARGET,
            _("Visitors find no page at %(address)s. Publish it first, or type where they shall end."),
            address=hops[-1].target,
        )


def _is_nowhere(hop: Hop, rules: Rules, pages: LivePages) -> bool:
    """Say whether `hop` ends where we show nothing; with a group in its path, nobody knows."""
    if GROUP.search(hop.rule.target.partition("?")[0]):
        return False
    end = rules.own_path(hop.target)
    return end is not None and not (pages.is_page(end) or is_reserved(end) or rules.hop(end))


def _is_stuck(hops: list[Hop], rules: Rules, pages: LivePages) -> bool:
    """Say whether `hops` end at a rule that leads nowhere but to where it stands."""
    end = rules.own_path(hops[-1].target)
    return end is not None and not pages.is_page(end) and rules.rule_at(end) is not None


def _hops(rule: Rule, rules: Rules, pages: LivePages) -> list[Hop]:
    """Return the steps from `rule`'s target on, its own first; a pattern's groups are tried with a word."""
    target = GROUP.sub("x", rule.target)
    here = rules.own_path(target)
    first = Hop(rule.source, rule, target)
    if here is None:
        return [first]
    return [first, *rules.follow(here, MAX_CHAIN_LENGTH, is_page=pages.is_page)]


def _way(hops: list[Hop]) -> str:
    return " → ".join([hops[0].address, *(hop.target for hop in hops)])


def _refuse(field: str, message: "StrOrPromise", **words: object) -> None:
    raise ValidationError({field: ValidationError(message, params=words)})

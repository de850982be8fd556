"""Patterns that cannot hang: a small part of regular expressions, each read token by token.

What is not known to be harmless is refused: Python's engine tries every way to match, so nested
quantifiers such as (a+)+ would take hours over one address.
"""

import re
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from .addresses import InvalidRuleError

MAX_ADDRESS_LENGTH = 1024  # characters of an address that a pattern is tried on
MAX_STEPS = 8 * MAX_ADDRESS_LENGTH**2
TOKEN = re.compile(
    r"""
    (?P<escape>\\[dwsDWS.?+*/$^|()\[\]{}\\-])
    | (?P<set>\[\^?(?:\\[dwsDWS.?+*/$^|()\[\]{}\\-]|(?!--)[^\]\[\\&~|])+\])
    | (?P<open>\((?:\?:)?)
    | (?P<close>\))
    | (?P<repeat>(?:[*+?]|\{[0-9]{1,3}(?:,[0-9]{0,3})?\})\??)
    | (?P<bar>\|)
    | (?P<anchor>[\^$])
    | (?P<plain>[^\\\[\](){}*+?|^$])
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=1024)
def compile_pattern(text: str) -> re.Pattern[str]:
    """Return the pattern that `text` writes, to be matched with `fullmatch`. Raises InvalidRuleError."""
    if not text.isascii():
        raise InvalidRuleError(_("Type other letters as in the address bar, once copied: ü is %C3%BC."))
    if not (text.startswith("^/") and text.endswith("$")):
        raise InvalidRuleError(_("Start the pattern with ^/ and end it with $, as in ^/eu/old/(.*)$."))
    _check_tokens(_tokens(text[1:-1]))
    try:
        return re.compile(text, re.IGNORECASE)
    except (re.error, OverflowError):
        raise InvalidRuleError(_("This is no pattern. Type one such as ^/eu/old/(.*)$.")) from None


def match(pattern: re.Pattern[str], address: str) -> re.Match[str] | None:
    """Return how `pattern` matches the whole `address`; nothing matches one that is too long."""
    return pattern.fullmatch(address) if len(address) <= MAX_ADDRESS_LENGTH else None


def _tokens(text: str) -> list[tuple[str, str]]:
    """Return the kind and text of each token. Raises InvalidRuleError at what is not known to be harmless."""
    tokens, at = [], 0
    while at < len(text):
        found = TOKEN.match(text, at)
        if not found:
            raise InvalidRuleError(
                _("“%(rest)s” cannot be in a pattern. Use . * + ? [] () | and \\ before a plain sign.")
                % {"rest": text[at : at + 10]}
            )
        tokens.append((found.lastgroup or "", found[0]))
        at = found.end()
    return tokens


def _check_tokens(tokens: list[tuple[str, str]]) -> None:
    """Refuse what multiplies: quantifiers on groups or on each other, and too many of them."""
    steps, depth, before = 1, 0, "open"
    for kind, text in tokens:
        if kind == "repeat":
            _check_repeat(before, text)
        depth += {"open": 1, "close": -1}.get(kind, 0)
        if kind == "anchor" or (kind == "bar" and not depth):
            raise InvalidRuleError(_("Keep ^ and $ to the ends, and put alternatives into brackets: (a|b)."))
        steps *= _ways(kind, text)
        before = kind
    if steps > MAX_STEPS:
        raise InvalidRuleError(
            _("This pattern may take too long. Use * or + at most twice, and few ? and |.")
        )


def _check_repeat(before: str, text: str) -> None:
    if before in ("open", "bar", "repeat"):
        raise InvalidRuleError(
            _("“%(sign)s” repeats nothing, or another sign. Take it out.") % {"sign": text}
        )
    if before == "close" and text not in ("?", "??"):
        raise InvalidRuleError(
            _("A group cannot be repeated: (a+)+ may take for ever. Put “%(sign)s” inside the brackets.")
            % {"sign": text}
        )


def _ways(kind: str, text: str) -> int:
    """Return in how many ways a token can match, at worst."""
    if kind == "bar":
        return 2
    if kind != "repeat":
        return 1
    if text[0] != "{":
        return 2 if text[0] == "?" else MAX_ADDRESS_LENGTH
    least, comma, most = text.rstrip("?").strip("{}").partition(",")
    return (int(most or MAX_ADDRESS_LENGTH) - int(least) + 1) if comma else 1

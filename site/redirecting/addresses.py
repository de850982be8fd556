r"""Addresses as rules hold them, read as browsers read them (URL Living Standard, url.spec.whatwg.org)."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from ada_url import URL
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

HERE = "http://site.invalid"  # stands for whichever host of ours is asked
SAFE = "/-._~!$&'()*+,;=:@"
GROUP = re.compile(r"\$([0-9]+)")
UNSEEN = re.compile(r"[\x00-\x20\x7f]")


class InvalidRuleError(ValueError):
    """An address or pattern that no rule may have; `message` says what to type instead."""

    def __init__(self, message: "StrOrPromise") -> None:
        """Keep the `message` for whoever typed it."""
        super().__init__(message)
        self.message = message


def canonical(address: str) -> str:
    """Return path and query in the one spelling that sources are compared in.

    The path is in lower case, encoded once, without a slash at its end; the query stays as it is.
    """
    path, question, query = address.partition("#")[0].partition("?")
    plain = quote(unquote(path).lower().rstrip("/"), safe=SAFE, errors="replace") or "/"
    return plain + question + query if query else plain


def read_source(text: str) -> str:
    """Return the address that `text` names, in its canonical spelling. Raises InvalidRuleError."""
    if not text.startswith("/") or text.replace("\\", "/").startswith("//"):
        raise InvalidRuleError(_("Type the address without its host, starting with one slash: /eu/old/."))
    if "#" in text:
        raise InvalidRuleError(_("Leave out “#” and what follows: browsers keep it to themselves."))
    try:
        url = URL(text, HERE)
    except (ValueError, UnicodeError):
        raise InvalidRuleError(_("No browser can read this. Type an address such as /eu/old/.")) from None
    return canonical(url.pathname + url.search)


@lru_cache(maxsize=4096)
def read_target(text: str) -> str:
    """Return where `text` leads: a path of ours, or an absolute http(s) address, spelled as browsers do.

    Raises InvalidRuleError for whatever could be read in two ways.
    """
    if not text or UNSEEN.search(text) or "\\" in text:
        raise InvalidRuleError(_("Type a path such as /eu/about/, or a whole address such as https://…"))
    if text.startswith("//"):
        raise InvalidRuleError(_("This leads to another host. If it shall, type https:// before it."))
    if text.startswith("/"):
        return _read_path(text)
    if text.lower().startswith(("https://", "http://")):
        return _read_absolute(text)
    raise InvalidRuleError(_("Only paths such as /eu/about/ and addresses with https:// can be led to."))


def _read_path(text: str) -> str:
    url = _url(text)
    # Without its dot segment, /.//host is //host, which means another host.
    if origin(url.href) != HERE or url.pathname.startswith("//"):
        raise InvalidRuleError(_("This leads to another host. Type a path with single slashes: /eu/about/."))
    return url.pathname + url.search + url.hash


def _read_absolute(text: str) -> str:
    url = _url(text)
    if url.username or url.password or "@" in _authority(text):
        raise InvalidRuleError(_("Leave out the name before “@”: it hides the host."))
    return url.href


def _url(text: str) -> URL:
    try:
        return URL(text, HERE)
    except (ValueError, UnicodeError):
        raise InvalidRuleError(_("No browser can read this. Type it as in the address bar.")) from None


def origin(target: str) -> str:
    """Return scheme, host and port of a readable `target`; `HERE` for a path of ours."""
    return URL(target, HERE).origin


def groups_in(target: str) -> set[int]:
    """Return the numbers of the groups, such as $1, that `target` takes in."""
    return {int(number) for number in GROUP.findall(target)}


def read_template(text: str) -> str:
    """Return `text`, a target that takes in groups, in its one spelling. Raises InvalidRuleError."""
    if "$" in _authority(text) or text.startswith("/$"):
        raise InvalidRuleError(
            _("A group must not decide about the host. Put something fixed before it: /eu/$1.")
        )
    return read_target(text)


def expand(template: str, groups: Sequence[str | None]) -> str:
    """Return `template` with `groups` taken in, still on the host that it names.

    Raises InvalidRuleError where a group is missing or would lead to another host.
    """
    if not groups_in(template):
        return read_target(template)
    if groups_in(template) - set(range(1, len(groups) + 1)):
        raise InvalidRuleError(_("The pattern has no such group."))
    read_template(template)
    fixed = read_target(GROUP.sub("", template))
    target = read_target(GROUP.sub(lambda number: groups[int(number[1]) - 1] or "", template))
    if origin(target) != origin(fixed):
        raise InvalidRuleError(_("A group must not decide about the host."))
    return target


def with_query(target: str, query: str) -> str:
    """Return `target` with the visitor's `query`, where it is a path of ours without its own."""
    path, hash_sign, fragment = target.partition("#")
    if not query or "?" in path or not path.startswith("/"):
        return target
    return f"{path}?{query}{hash_sign}{fragment}"


def _authority(text: str) -> str:
    """Return scheme and host of `text` as written: all that stands before its path."""
    if text.startswith("/"):
        return ""
    scheme, _slashes, rest = text.partition("://")
    return scheme + re.split(r"[/?#]", rest, maxsplit=1)[0]

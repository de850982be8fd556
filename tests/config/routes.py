"""Every route of the URL configuration, as addresses can be made from it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize


@dataclass(frozen=True)
class Route:
    """A route: its address with `%(name)s` for each part that varies, and what it leads to."""

    template: str
    names: tuple[str, ...]
    view: Any
    namespace: str = ""

    def address(self, values: Mapping[str, object]) -> str:
        """Return the address in which `values` stand for the parts, by name."""
        return "/" + self.template % {name: values[name] for name in self.names}


def routes(
    patterns: Any = None, before: tuple[str, tuple[str, ...]] = ("", ()), namespace: str = ""
) -> Iterator[Route]:
    """Give every route, in the order in which addresses are matched."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        for template, names in product([before], _parts(one.pattern)):
            joined = template[0] + names[0], (*template[1], *names[1])
            if isinstance(one, URLResolver):
                inner = ":".join(filter(None, [namespace, one.namespace]))
                yield from routes(one.url_patterns, joined, inner)
            elif isinstance(one, URLPattern):
                yield Route(*joined, one.callback, namespace)


def _parts(pattern: Any) -> list[tuple[str, tuple[str, ...]]]:
    regex = pattern.regex.pattern
    return [(template, tuple(names)) for template, names in normalize(re.sub(r"\A\^", "", regex))]

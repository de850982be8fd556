"""Response headers that lead a visitor, or a prefetching browser, away."""

import re
from collections.abc import Iterable, Iterator, Mapping

from region_gate.html.link_sources import AHEAD
from region_gate.html.meta_refresh import refresh_addresses
from region_gate.html.rewriting import Gate

LINK_TARGET = re.compile(r"<([^>]*)>")
LEADING = ("Refresh", "Link", "Speculation-Rules")


def names_leading(headers: Mapping[str, str]) -> list[str]:
    """Return the names of those `headers` that may lead away."""
    return [name for name in LEADING if name in headers]


def names_leading_away(headers: Mapping[str, str], gate: Gate) -> Iterator[str]:
    """Give the names of those `headers` that lead past `gate`.

    Speculation-Rules names a file of rules, which nobody has read, and so does always.
    """
    for name in names_leading(headers):
        if name == "Speculation-Rules" or any(map(gate.destination, _addresses(name, headers[name]))):
            yield name


def _addresses(name: str, value: str) -> Iterable[str]:
    if name == "Refresh":
        return refresh_addresses(value)
    is_ahead = any(relation in value.lower() for relation in AHEAD)
    return LINK_TARGET.findall(value) if is_ahead else ()

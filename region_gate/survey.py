"""What the gate finds on a page: every way out, and what becomes of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from selectolax.lexbor import LexborHTMLParser

from region_gate.destinations import Destination
from region_gate.places import BUTTON, DOCUMENT, LINK, Way, ways_out
from region_gate.readings import parts, readings
from region_gate.rewriting import Gate, is_gated, stopped_at


class Outcome(StrEnum):
    """What becomes of a way out."""

    PASSED = "passed"
    GATED = "gated"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Finding:
    """A way out of a page: the element's name, the attribute (blank for its text), the address as written.

    `text` is what a visitor reads there, its white space collapsed; `destination` where it leads.
    """

    element: str
    attribute: str
    href: str
    text: str
    destination: Destination
    outcome: Outcome


def survey(html: str, gate: Gate) -> list[Finding]:
    """Return every way out of `html`, as `gate_links` finds them, in the page's order.

    What only some browsers find, say with scripts off, comes last.
    """
    found: Counter[Finding] = Counter()
    for reading in readings(html):
        found |= Counter(_findings(reading.tree(html), gate))
    return [*found.elements()]


def at_redirect(location: str, gate: Gate) -> Finding:
    """Return what the gate finds in the `Location` of a redirect."""
    stopped = gate.destination(location)
    outcome = Outcome.PASSED
    if stopped:
        outcome = Outcome.BLOCKED if stopped.is_blocked else Outcome.GATED
    destination = stopped or gate.viewpoint.classify(location)
    return Finding("redirect", "", location, "", destination, outcome)


def _findings(tree: LexborHTMLParser, gate: Gate) -> Iterator[Finding]:
    for part in parts(tree):
        for way in ways_out(part):
            if way.place is DOCUMENT:
                yield from survey(way.href, gate)
            else:
                yield _finding(way, gate)


def _finding(way: Way, gate: Gate) -> Finding:
    stopped = stopped_at(way, gate)
    destination = stopped or gate.viewpoint.classify(way.href)
    outcome = _outcome(way, stopped)
    return Finding(way.node.tag or "", way.attribute, way.href, _text(way), destination, outcome)


def _outcome(way: Way, stopped: Destination | None) -> Outcome:
    if stopped is None:
        return Outcome.PASSED
    return Outcome.GATED if is_gated(way, stopped) else Outcome.BLOCKED


def _text(way: Way) -> str:
    """Return the words of a link or button, those of its pictures where it has no others."""
    if way.place not in (LINK, BUTTON):
        return ""
    pictured = (picture.attributes.get("alt") or "" for picture in way.node.css("img, area, input"))
    words = way.node.text() or way.node.attributes.get("value") or " ".join(pictured)
    return " ".join(words.split())

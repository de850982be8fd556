"""What the gate finds on a page: every way out, and what becomes of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from selectolax.lexbor import LexborHTMLParser

from region_gate.html.link_sources import BUTTON, DOCUMENT, LINK, FoundLink, find_links, is_gated
from region_gate.html.parse_modes import parse_modes, parts
from region_gate.html.rewriting import Gate, stopped_at
from region_gate.links.destinations import Destination


class LinkOutcome(StrEnum):
    """What becomes of a way out."""

    PASSED = "passed"
    GATED = "gated"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class SurveyedLink:
    """A way out of a page: the element's name, the attribute (blank for its text), the address as written.

    `text` is what a visitor reads there, its white space collapsed; `destination` where it leads.
    """

    element: str
    attribute: str
    href: str
    text: str
    destination: Destination
    outcome: LinkOutcome


def survey(html: str, gate: Gate) -> list[SurveyedLink]:
    """Return every way out of `html`, as `gate_links` finds them, in the page's order.

    What only some browsers find, say with scripts off, comes last.
    """
    found: Counter[SurveyedLink] = Counter()
    for reading in parse_modes(html):
        found |= Counter(_findings(reading.tree(html), gate))
    return [*found.elements()]


def at_redirect(location: str, gate: Gate) -> SurveyedLink:
    """Return what the gate finds in the `Location` of a redirect."""
    stopped = gate.destination(location)
    outcome = LinkOutcome.PASSED
    if stopped:
        outcome = LinkOutcome.BLOCKED if stopped.is_blocked else LinkOutcome.GATED
    destination = stopped or gate.viewpoint.classify(location)
    return SurveyedLink("redirect", "", location, "", destination, outcome)


def _findings(tree: LexborHTMLParser, gate: Gate) -> Iterator[SurveyedLink]:
    for part in parts(tree):
        for way in find_links(part):
            if way.place is DOCUMENT:
                yield from survey(way.href, gate)
            else:
                yield _finding(way, gate)


def _finding(way: FoundLink, gate: Gate) -> SurveyedLink:
    stopped = stopped_at(way, gate)
    destination = stopped or gate.viewpoint.classify(way.href)
    outcome = _outcome(way, stopped)
    return SurveyedLink(way.node.tag or "", way.attribute, way.href, _text(way), destination, outcome)


def _outcome(way: FoundLink, stopped: Destination | None) -> LinkOutcome:
    if stopped is None:
        return LinkOutcome.PASSED
    return LinkOutcome.GATED if is_gated(way, stopped) else LinkOutcome.BLOCKED


def _text(way: FoundLink) -> str:
    """Return the words of a link or button, those of its pictures where it has no others."""
    if way.place not in (LINK, BUTTON):
        return ""
    pictured = (picture.attributes.get("alt") or "" for picture in way.node.css("img, area, input"))
    words = way.node.text() or way.node.attributes.get("value") or " ".join(pictured)
    return " ".join(words.split())

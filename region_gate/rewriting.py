"""What a page's HTML becomes, so that each crossing on it leads to the gate."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from selectolax.lexbor import LexborHTMLParser, LexborNode

from region_gate.destinations import Destination, Viewpoint
from region_gate.signing import Keys, Passage, gate_address

ROUNDS = 4
LINK_ATTRIBUTES = ("href", "xlink:href")

Tree = LexborHTMLParser | LexborNode


class UnstableMarkupError(ValueError):
    """HTML that a browser would read differently each time it is written out; not to be served."""


@dataclass(frozen=True, slots=True)
class Gate:
    """The gate as one page meets it.

    `viewpoint` is the page; `path` the notice page's path; `passed` the one destination that the
    page may link to ungated, because it is that destination's notice; blank on all other pages.
    """

    viewpoint: Viewpoint
    path: str
    keys: Keys
    passed: str = ""

    def destination(self, href: str) -> Destination | None:
        """Say where `href` leads if it may not stay as it is: a crossing or blocked, else None."""
        if href.startswith(self.path) and href.startswith("?", len(self.path)):
            return None
        found = self.viewpoint.classify(href)
        if found.is_blocked or (found.is_crossing and found.url != self.passed):
            return found
        return None

    def address(self, destination: Destination) -> str:
        """Return the address of the notice that stands before `destination`."""
        return gate_address(self.path, Passage(destination.url, self.viewpoint.region), self.keys)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in HTML that leads somewhere: which elements, and what gates one (True if it changed)."""

    selector: str
    gate: Callable[[LexborNode, Gate], bool]


def gate_links(html: str, gate: Gate) -> str:
    """Return `html`, a whole page or a fragment, with every crossing gated; unchanged if there is none.

    What is returned has been read again, with scripts on and off, and needs no further change: some
    HTML changes its meaning when it is written out. Raises UnstableMarkupError if it goes on changing.
    """
    if not _may_lead_away(html):
        return html
    for _ in range(ROUNDS):
        before = html
        for reading in _readings(html):
            html = reading(html, gate)
        if html == before:
            return html
    raise UnstableMarkupError("The page's HTML does not keep its meaning when written out.")


def _may_lead_away(html: str) -> bool:
    return "<a" in html or "<A" in html


def _readings(html: str) -> Iterator[Callable[[str, Gate], str]]:
    """Give the ways in which browsers may read `html`: a fragment is put into a page, or is one itself."""
    lowered = html.lower()
    if not any(mark in lowered for mark in ("<!doctype", "<html", "<head", "<body")):
        yield partial(_gate_once, is_fragment=True)
    yield _gate_once
    if "<noscript" in lowered:
        yield partial(_gate_once, scripting=True)


def _gate_once(html: str, gate: Gate, *, is_fragment: bool = False, scripting: bool = False) -> str:
    tree = LexborHTMLParser(html, is_fragment=is_fragment, fragment_tag="template", scripting=scripting)
    changes = [_gate_places(part, gate) for part in _parts(tree)]
    if not any(changes):
        return html
    _keep_leading_newlines(tree)
    return tree.html or ""


def _parts(tree: Tree) -> Iterator[Tree]:
    """Give `tree` and what its templates hold, which selectors do not enter."""
    yield tree
    for content in tree.template_fragments():
        yield from _parts(content)


def _gate_places(part: Tree, gate: Gate) -> bool:
    changes = [place.gate(node, gate) for place in PLACES for node in part.css(place.selector)]
    return any(changes)


def _gate_link(link: LexborNode, gate: Gate) -> bool:
    written = link.attributes
    changed = "ping" in written and _remove(link, "ping")
    for name in LINK_ATTRIBUTES:
        if name in written and (destination := gate.destination(written[name] or "")):
            _stop(link, name, destination, gate)
            changed = True
    return changed


def _stop(link: LexborNode, name: str, destination: Destination, gate: Gate) -> None:
    """Lead `link` to the notice (a page, not a download) or nowhere, and say so for the style sheet."""
    attributes = link.attrs
    if destination.is_blocked:
        del attributes[name]
        attributes["data-blocked"] = destination.reason
        return
    attributes[name] = gate.address(destination)
    attributes["data-crossing"] = destination.kind
    _remove(link, "download")


def _refuse_base(base: LexborNode, _gate: Gate) -> bool:
    """Links are read from the page's own address, so nothing may move it."""
    return _remove(base, "href")


def _remove(node: LexborNode, name: str) -> bool:
    if name not in node.attrs:
        return False
    del node.attrs[name]
    return True


def _keep_leading_newlines(tree: LexborHTMLParser) -> None:
    """Double the newline that a parser drops at the start of these elements (HTML, section 13.2.6.4.7)."""
    for part in _parts(tree):
        for node in part.css("pre, listing, textarea"):
            first = node.first_child
            if first and (text := first.text_content or "").startswith("\n"):
                first.replace_with("\n" + text)


PLACES = (
    Place("a, area", _gate_link),
    Place("base", _refuse_base),
)

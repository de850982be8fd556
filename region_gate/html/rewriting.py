"""What a page's HTML becomes, so that each crossing on it leads to the gate."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from region_gate.html.descriptions import describe
from region_gate.html.link_sources import DOCUMENT, FoundLink, find_links, hold_disarmed_forms, is_gated
from region_gate.html.notes import NoteWriter
from region_gate.html.page_notes import PartChanges, add_notes
from region_gate.html.page_words import NO_WORDS, PageWords
from region_gate.html.parse_modes import ParseMode, is_plain, parse_modes, parts
from region_gate.html.script_exceptions import tell_script
from region_gate.links.destinations import Destination, Viewpoint
from region_gate.links.signing import Keys, Loan, SignedCrossing, draft_address, gate_address

MAX_PARSE_MODES = 12
OWN_DATA = ("data:audio/", "data:video/", "blob:")
# What is remembered of gate addresses: so many, each to an address of at most so many characters.
MAX_CACHED = 16_384
MAX_CACHED_LENGTH = 400


class UnstableMarkupError(ValueError):
    """HTML that a browser would read differently each time it is written out; not to be served."""


@dataclass(frozen=True, slots=True)
class Gate:
    """The gate as one page meets it.

    `viewpoint` is the page; `path` the notice page's path; `passed` the one destination that the
    page may link to ungated, because it is that destination's notice; blank on all other pages;
    `loan` the terms on which a draft signs; None on a live page; `words` what the gate says there;
    `media_hosts` those that play what is ours, besides our own.
    """

    viewpoint: Viewpoint
    path: str
    keys: Keys
    passed: str = ""
    loan: Loan | None = None
    words: PageWords = NO_WORDS
    media_hosts: frozenset[str] = frozenset()

    def destination(self, href: str) -> Destination | None:
        """Say where `href` leads if it may not stay as it is: a crossing or blocked, else None."""
        found = self.found(href)
        return found if found and self.stops(found) else None

    def found(self, href: str) -> Destination | None:
        """Say where `href` leads; None for a part of the page, and for a notice, however long its address."""
        if href.startswith(("#", f"{self.path}?")):
            return None
        return self.viewpoint.classify(href)

    def stops(self, found: Destination) -> bool:
        """Say whether the gate lets nobody go to `found` without a notice, or at all."""
        return found.is_blocked or (found.is_crossing and found.url != self.passed)

    def address(self, destination: Destination) -> str:
        """Return the address of the notice that stands before `destination`."""
        crossing = SignedCrossing(destination.url, self.viewpoint.region)
        if self.loan:
            return draft_address(self.path, crossing, self.loan, self.keys)
        if len(crossing.to) > MAX_CACHED_LENGTH:
            return gate_address(self.path, crossing, self.keys)
        return _seen_address(self.path, crossing, self.keys)


def gate_links(html: str, gate: Gate) -> str:
    """Return `html`, a whole page or a fragment, with every crossing gated; unchanged if there is none.

    Some HTML changes its meaning when it is written out. So what is returned either is plain, or has
    been read again in every way that browsers may read it, and needs no further change. Raises
    UnstableMarkupError if it goes on changing.
    """
    settled: set[ParseMode] = set()
    for _ in range(MAX_PARSE_MODES):
        reading = next((due for due in parse_modes(html) if due not in settled), None)
        if reading is None:
            return html
        gated = _gate_once(html, gate, reading)
        if gated.is_plain:
            return gated.html
        settled = {*settled, reading} if gated.html == html else set()
        html = gated.html
    raise UnstableMarkupError("The page's HTML does not keep its meaning when written out.")


def stopped_at(way: FoundLink, gate: Gate) -> Destination | None:
    """Return where `way` leads if the gate stops it, with a notice or for good; else None."""
    found = _found_at(way, gate)
    return found if found and (way.place.is_refused or gate.stops(found)) else None


def _found_at(way: FoundLink, gate: Gate) -> Destination | None:
    """Return where `way` leads; None where that is nowhere else, or where our media are."""
    if way.place.is_refused:
        return gate.viewpoint.classify(way.href)
    if not way.place.is_media:
        return gate.found(way.href)
    if way.href.strip().lower().startswith(OWN_DATA):
        return None
    found = gate.found(way.href)
    return None if found and found.host in gate.media_hosts else found


class Gated(NamedTuple):
    """HTML with its crossings gated, and whether every parser reads it as it was written out."""

    html: str
    is_plain: bool = False


def _gate_once(html: str, gate: Gate, reading: ParseMode) -> Gated:
    tree = reading.tree(html)
    tags: set[str] = set()
    is_whole = not reading.context
    changes = [PartChanges(part) for part in parts(tree)]
    for change in changes:
        is_page = is_whole and change is changes[0]
        for way in find_links(change.part, tags):
            _gate_way(way, gate, change, is_page)
    exceptions = set().union(*(change.exceptions for change in changes))
    is_told = bool(exceptions or gate.passed) and tell_script(tree, gate.passed, exceptions)
    is_safe = is_whole and is_plain(html, tags) and not _has_script_in_svg(tags, tree)
    is_changed = is_told or any(change.is_changed for change in changes)
    if not is_changed and (is_safe or not _has_hidden_markup(html, tree)):
        return Gated(html, is_safe)
    for change in changes:
        if "form" in tags:
            hold_disarmed_forms(change.part)
        if not is_safe:  # a plain page has none of these elements
            _keep_leading_newlines(change.part)
    if gate.words is not NO_WORDS:
        writer = NoteWriter(gate.words, gate.address)
        add_notes(tree, html, changes, writer, is_page=is_whole and "plaintext" not in tags)
    return Gated(tree.html or "", is_safe)


def _gate_way(way: FoundLink, gate: Gate, change: PartChanges, is_page: bool) -> None:
    """Gate or block `way` where needed, and note in `change` what was done, or what a policy lets pass."""
    if way.place is DOCUMENT:
        change.is_changed |= _gate_document(way, gate)
        return
    found = _found_at(way, gate)
    if found is None:
        return
    if not (way.place.is_refused or gate.stops(found)):
        if found.is_exception:
            change.exceptions.add(found.url)
        return
    change.is_changed = True
    if is_gated(way, found):
        change.gated.add(found.kind)
        _lead_to_notice(way, found, gate, is_page)
    else:
        change.blocked.append((way, found))
        way.place.close(way.node, way.attribute, found.reason or found.kind)


def _gate_document(way: FoundLink, gate: Gate) -> bool:
    gated = gate_links(way.href, gate)
    if gated == way.href:
        return False
    way.node.attrs[way.attribute] = gated
    return True


def _lead_to_notice(way: FoundLink, destination: Destination, gate: Gate, is_page: bool) -> None:
    """Point the link to the notice, which is no download, and mark it for the style sheet."""
    written, attributes = way.node.attributes, way.node.attrs
    if way.attribute == "href" and "xlink:href" in written:
        # It would be taken for the `href`. Where both stand, browsers heed the other one only.
        del attributes["xlink:href"]
    if "download" in written:
        del attributes["download"]
    attributes[way.attribute] = gate.address(destination)
    if gate.words is not NO_WORDS and "data-crossing" not in written:
        describe(attributes, written, destination.kind, gate.words, is_by_reference=is_page)
    attributes["data-crossing"] = destination.kind


def _has_script_in_svg(tags: set[str], tree: LexborHTMLParser) -> bool:
    """Say whether a script within SVG holds markup and escapes, which Lexbor writes out bare."""
    return {"svg", "script"} <= tags and tree.css_first("svg script") is not None


def _has_hidden_markup(html: str, tree: LexborHTMLParser) -> bool:
    """Say whether older browsers read markup where newer ones read text: CDATA in a select."""
    return "[CDATA[" in html and tree.css_first("select svg, select math") is not None


def _keep_leading_newlines(part: LexborNode) -> None:
    """Double the newline that a parser drops at the start of these elements (HTML, section 13.2.6.4.7)."""
    for node in part.css("pre, listing, textarea"):
        first = node.first_child
        if first and (text := first.text_content or "").startswith("\n"):
            first.replace_with("\n" + text)


@lru_cache(MAX_CACHED)
def _seen_address(path: str, crossing: SignedCrossing, keys: Keys) -> str:
    return gate_address(path, crossing, keys)

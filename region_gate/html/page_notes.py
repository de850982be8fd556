"""What a page is given besides its links: a description of each kind, and notes beside what was blocked."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from region_gate.html.descriptions import IDS, add_sentences
from region_gate.html.form_notes import add_form_notes
from region_gate.html.link_notes import add_link_notes
from region_gate.html.link_sources import BUTTON, FORM, LINK, FoundLink, is_gated
from region_gate.html.notes import NoteWriter, add_style
from region_gate.html.placeholders import EMBEDDED, add_placeholders
from region_gate.links.destinations import Destination, DestinationKind


class Stopped(NamedTuple):
    """A way out that was changed, and where it leads; None where it holds a document of its own."""

    way: FoundLink
    destination: Destination | None


def add_notes(
    tree: LexborHTMLParser,
    changes: Iterable[tuple[LexborNode, list[Stopped]]],
    writer: NoteWriter,
    *,
    is_page: bool,
) -> None:
    """Say on a page what was gated and blocked in its parts, by `changes` the page itself first.

    Nothing is put at its end where that would be shown as text, nor where it is no page but a fragment.
    """
    by_part = [*changes]
    if is_page:
        add_sentences(tree, _kinds_gated(by_part[0][1]), writer.words)
    # The inner parts first: a template may be in what is replaced.
    noted = [_add_notes(part, stopped, writer) for part, stopped in reversed(by_part) if stopped]
    if is_page and any(noted):
        add_style(tree, writer.words.style)


def _kinds_gated(changes: list[Stopped]) -> list[DestinationKind]:
    crossings = [destination for way, destination in changes if destination and way.place.is_page]
    return [kind for kind in IDS if any(destination.kind is kind for destination in crossings)]


def _add_notes(part: LexborNode, changes: list[Stopped], writer: NoteWriter) -> bool:
    """Say why beside what was blocked in a part of the page, and return whether anything was said."""
    blocked = [stopped for stopped in changes if _is_blocked(stopped)]
    if not blocked:
        return False
    forms = [*_blocked(blocked, lambda way: way.place is FORM or way.place is BUTTON)]
    embedded = [*_blocked(blocked, lambda way: way.node.tag in EMBEDDED and not way.place.is_refused)]
    links = [*_blocked(blocked, lambda way: way.place is LINK and way.node.tag == "a" and not _leads(way))]
    said = [
        add_link_notes(links, writer),
        add_form_notes(forms, part, writer),
        add_placeholders(embedded, writer),
    ]
    return any(said)


def _is_blocked(stopped: Stopped) -> bool:
    way, destination = stopped
    return destination is not None and not is_gated(way, destination)


def _leads(way: FoundLink) -> bool:
    """Say whether the link of `way` has an address still, or again."""
    return "href" in way.node.attributes


def _blocked(
    changes: list[Stopped], is_meant: Callable[[FoundLink], bool]
) -> Iterator[tuple[LexborNode, Destination]]:
    for way, destination in changes:
        if destination and is_meant(way):
            yield way.node, destination

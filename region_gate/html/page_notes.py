"""What a page is given besides its links: a description of each kind, and notes beside what was blocked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from region_gate.html.descriptions import IDS, add_sentences
from region_gate.html.form_notes import add_form_notes
from region_gate.html.link_notes import add_link_notes
from region_gate.html.link_sources import BUTTON, FORM, LINK, FoundLink
from region_gate.html.notes import NoteWriter, add_style
from region_gate.html.placeholders import EMBEDDED, add_placeholders
from region_gate.links.destinations import Destination, DestinationKind


@dataclass(slots=True)
class PartChanges:
    """What was done to a part of a page.

    `gated` are the kinds of the crossings that lead to a notice now, `blocked` what leads nowhere any
    more, in the part's order; `exceptions` are the addresses that only a policy lets it link to.
    """

    part: LexborNode
    gated: set[DestinationKind] = field(default_factory=set)
    blocked: list[tuple[FoundLink, Destination]] = field(default_factory=list)
    exceptions: set[str] = field(default_factory=set)
    is_changed: bool = False


def add_notes(
    tree: LexborHTMLParser, html: str, changes: Sequence[PartChanges], writer: NoteWriter, *, is_page: bool
) -> None:
    """Say on a page, read from `html`, what was done to its parts, by `changes` the page itself first.

    Nothing is put at its end where that would be shown as text, nor where it is no page but a fragment.
    """
    if is_page:
        add_sentences(tree, html, [kind for kind in IDS if kind in changes[0].gated], writer.words)
    # The inner parts first: a template may be in what is replaced.
    noted = [_add_notes(change, writer) for change in reversed(changes) if change.blocked]
    if is_page and any(noted):
        add_style(tree, writer.words.style)


def _add_notes(change: PartChanges, writer: NoteWriter) -> bool:
    """Say why beside what was blocked in a part of the page, and return whether anything was said."""
    forms = _blocked(change, lambda way: way.place is FORM or way.place is BUTTON)
    embedded = _blocked(change, lambda way: way.node.tag in EMBEDDED and not way.place.is_refused)
    links = _blocked(change, lambda way: way.place is LINK and way.node.tag == "a" and not _leads(way))
    said = [
        add_link_notes([*links], writer),
        add_form_notes([*forms], change.part, writer),
        add_placeholders([*embedded], writer),
    ]
    return any(said)


def _leads(way: FoundLink) -> bool:
    """Say whether the link of `way` has an address still, or again."""
    return "href" in way.node.attributes


def _blocked(
    change: PartChanges, is_meant: Callable[[FoundLink], bool]
) -> Iterator[tuple[LexborNode, Destination]]:
    for way, destination in change.blocked:
        if is_meant(way):
            yield way.node, destination

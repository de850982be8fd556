"""What stands after a link that leads nowhere: a few words that say why, not part of its own."""

from collections.abc import Iterable

from selectolax.lexbor import LexborNode

from region_gate.html.notes import Note, NoteWriter
from region_gate.links.destinations import Destination


def add_link_notes(blocked: Iterable[tuple[LexborNode, Destination]], writer: NoteWriter) -> bool:
    """Put a note after each of the `blocked` links, and return whether any was put.

    There is none after a link that shows nothing, nor after a script's, which was never an address.
    """
    said = [_explain(link, destination, writer) for link, destination in blocked]
    return any(said)


def _explain(link: LexborNode, destination: Destination, writer: NoteWriter) -> bool:
    if destination.url.startswith("javascript:") or not (link.text(strip=True) or link.css_first("img, svg")):
        return False
    words = writer.words.why_blocked(destination.reason)
    note = writer.node(Note(words, destination), "gate-link-note", link)
    if note is None:
        return False
    link.insert_after(note)
    link.insert_after(" ")
    return True

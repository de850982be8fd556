"""Notes: what the gate says on a page beside what it has blocked, with a way on where there is one."""

from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from region_gate.html.page_words import PageWords
from region_gate.links.destinations import Destination

FOREIGN = frozenset({"svg", "math"})  # where HTML would end the drawing or formula
INTERACTIVE = frozenset({"a", "button"})  # where no link may stand


class Note(NamedTuple):
    """What is said, of which destination, and perhaps what it was called; plain text, `%(host)s` apart."""

    sentence: str
    destination: Destination
    title: str = ""


class NoteWriter(NamedTuple):
    """Writes notes in `words`; `address` gives the address of the notice that stands before a crossing."""

    words: PageWords
    address: Callable[[Destination], str]

    def node(self, note: Note, name: str, beside: LexborNode) -> LexborNode | None:
        """Return `note` as an element of the class `name` to stand beside an element; None where none may.

        It is phrasing content, and holds no link within another one.
        """
        around = {*tags_around(beside)}
        if not note.sentence or around & FOREIGN:
            return None
        link = "" if around & INTERACTIVE else self._link(note.destination)
        title = f'<bdi class="gate-note-title">{escape(note.title)}:</bdi> ' if note.title else ""
        said = title + with_host(note.sentence, note.destination)
        html = f'<span class="gate-note {name}">{said}{link}</span>'
        return LexborHTMLParser(html, is_fragment=True).css_first("span")

    def _link(self, destination: Destination) -> str:
        words = with_host(self.words.way_on(destination), destination)
        if not destination.is_crossing or not words:
            return ""
        described = escape(self.words.description(destination.kind))
        return (
            f' <a href="{escape(self.address(destination))}" data-crossing="{destination.kind}"'
            f' aria-description="{described}">{words}</a>'
        )


def with_host(sentence: str, destination: Destination) -> str:
    """Return `sentence` as HTML, with the host of `destination` in it."""
    return escape(sentence).replace("%(host)s", f"<bdi>{escape(destination.readable_host)}</bdi>")


def tags_around(node: LexborNode) -> Iterator[str]:
    """Give the names of the elements that `node` stands in."""
    parent = node.parent
    while parent:
        yield parent.tag or ""
        parent = parent.parent


def add_style(tree: LexborHTMLParser, style: str) -> None:
    """Have the page load the notes' style sheet, once."""
    head = tree.head
    if head and style and all(link.attributes.get("href") != style for link in head.css("link")):
        link = tree.create_node("link")
        link.attrs["rel"] = "stylesheet"
        link.attrs["href"] = style
        head.insert_child(link)

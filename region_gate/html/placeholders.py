"""What stands in the place of what is embedded from elsewhere: what was to be shown, from whom, a link."""

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborNode

from region_gate.html.notes import Note, NoteWriter
from region_gate.links.destinations import Destination

# No `frame`: a frameset holds nothing else.
EMBEDDED = frozenset({"audio", "embed", "iframe", "object", "source", "video"})
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
UNSEEN_SIZES = ("0", "1", "0px", "1px")
MAX_TITLE_LENGTH = 200


def add_placeholders(blocked: Iterable[tuple[LexborNode, Destination]], writer: NoteWriter) -> bool:
    """Put a placeholder where an embedding element has lost its address, and say whether any was put.

    `blocked` are such elements of one part of a page, in its order, and where each led.
    """
    shown: dict[int, tuple[LexborNode, Destination]] = {}
    for node, destination in blocked:
        element = (node.parent if node.tag == "source" else None) or node
        shown.setdefault(element.mem_id, (element, destination))
    # The inner ones first: what is in an object goes with it.
    put = [_replace(element, destination, writer) for element, destination in reversed(shown.values())]
    return any(put)


def _replace(element: LexborNode, destination: Destination, writer: NoteWriter) -> bool:
    if element.tag in ("audio", "video") and _has_source(element):
        return False
    if "srcdoc" in element.attributes or _is_unseen(element):
        return False
    note = Note(writer.words.instead_of(element.tag or "", destination), destination, _title(element))
    placeholder = writer.node(note, "gate-placeholder", element)
    if placeholder is None:
        return False
    element.replace_with(placeholder)
    return True


def _has_source(media: LexborNode) -> bool:
    """Say whether `media` has something else to play; then its lost sources go without a word."""
    if "src" not in media.attributes and media.css_first("source[src]") is None:
        return False
    for source in media.css("source:not([src])"):
        source.remove()
    return True


def _is_unseen(element: LexborNode) -> bool:
    """Say whether visitors were to see nothing of `element`, such as a counter's."""
    written = element.attributes
    sizes = (written.get("width"), written.get("height"))
    is_hidden = "hidden" in written or written.get("aria-hidden") == "true"
    return (
        is_hidden
        or any(size in UNSEEN_SIZES for size in sizes)
        or bool(HIDING.search(written.get("style") or ""))
    )


def _title(element: LexborNode) -> str:
    """Return what `element` is called, as assistive technology would say it."""
    written = element.attributes
    title = " ".join((written.get("aria-label") or written.get("title") or "").split())
    return title if len(title) <= MAX_TITLE_LENGTH else f"{title[:MAX_TITLE_LENGTH]}…"

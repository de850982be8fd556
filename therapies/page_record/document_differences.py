"""Differences of a document from the one that the record gives: words, tags, pictures and style."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice, takewhile
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

NAMES = {"h1", "h2", "h3", "h4", "h5", "h6", "dt"}  # what names what follows it
MAX_DIFFERENCES = 50  # differences that are told one by one
MAX_PASSAGE_LENGTH = 240  # characters that are told of a passage
BEFORE = 60  # of these, before the first that differs


class DocumentPiece(NamedTuple):
    """A tag, a text or a comment of a document, and below which heading or name of a fact it stands."""

    text: str
    place: str


def differences_of(record: str, document: str) -> list[str]:
    """Return the differences of `document` from `record`, a sentence each; none where they are equal."""
    if record == document:
        return []
    told = islice(_differences([*_pieces(record)], [*_pieces(document)]), MAX_DIFFERENCES + 1)
    found = [*dict.fromkeys(told)]
    if not found:
        return [f"In the source: {_told(record, document)}"]
    return [*found[:MAX_DIFFERENCES], "And more."] if len(found) > MAX_DIFFERENCES else found


def _pieces(html: str) -> Iterator[DocumentPiece]:
    place, root = "", LexborHTMLParser(html).root
    for node in root.traverse(include_text=True) if root else ():
        if node.tag in NAMES:
            place = " ".join(node.text().split())
        if text := _text(node):
            yield DocumentPiece(text, place)


def _text(node: LexborNode) -> str:
    """Return what stands for `node` alone, blank for white space; a template for all that is in it."""
    if node.tag == "-text":
        return " ".join((node.text_content or "").split())
    if (node.tag or "-").startswith("-") or node.tag == "template":
        return node.html or ""
    attributes = "".join(f' {name}="{value or ""}"' for name, value in node.attributes.items())
    return f"<{node.tag}{attributes}>"


def _differences(before: list[DocumentPiece], after: list[DocumentPiece]) -> Iterator[str]:
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    before, after = before[start : len(before) - end], after[start : len(after) - end]
    matcher = SequenceMatcher(None, [p.text for p in before], [p.text for p in after], autojunk=False)
    for act, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if act != "equal":
            yield from _difference(before[old_start:old_end], after[new_start:new_end])


def _shared(before: list[DocumentPiece], after: list[DocumentPiece]) -> int:
    """Return with how many pieces both begin."""
    pairs = zip(before, after, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0].text == pair[1].text, pairs))


def _difference(old: list[DocumentPiece], new: list[DocumentPiece]) -> Iterator[str]:
    """Tell pieces one by one where each took another's place, else together."""
    place = (old or new)[0].place
    where = f"At “{place}”" if place else "At the beginning"
    pairs = [(" ".join(piece.text for piece in old), " ".join(piece.text for piece in new))]
    if len(old) == len(new):
        pairs = [(one.text, other.text) for one, other in zip(old, new, strict=True)]
    for one, other in pairs:
        yield f"{where}: {_told(one, other)}"


def _told(old: str, new: str) -> str:
    at = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    if not old:
        return f"the document adds “{_clipped(new, 0)}”."
    if not new:
        return f"the document lacks “{_clipped(old, 0)}”."
    return f"the record says “{_clipped(old, at)}”, the document “{_clipped(new, at)}”."


def _clipped(text: str, at: int) -> str:
    """Return `text` around the character number `at`."""
    start = max(0, at - BEFORE)
    end = start + MAX_PASSAGE_LENGTH
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")

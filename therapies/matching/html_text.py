"""The words of a piece of HTML: all that visitors see or hear, and what scripts may show them."""

import re
from collections.abc import Iterator
from itertools import chain
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from region_gate.html.parse_modes import parts

from .normalisation import ASIDE_CLOSES, ASIDE_OPENS, BREAK, SEAM
from .readings import LEFTWARDS, POP, RIGHTWARDS

BODY = "<!doctype html><body>"  # so that a piece of a page is read as what stands in one
# No parser lets a page have it. Before a letter it tells what parts the words: an end, or a neighbour.
PARTING = "\0"
APART = BREAK * 2
END, NEIGHBOUR = f"{PARTING}e", f"{PARTING}n"
SILENT = frozenset({"script", "style", "iframe", "noembed", "noframes"})  # their words are none of the page's
# What begins a line of its own (HTML Standard, section 15.3).
BLOCKS = frozenset(
    """
    address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol optgroup
    option p plaintext pre search section select summary table tbody td textarea tfoot th thead tr ul xmp
    """.split()  # noqa: SIM905 - a list of words is read as one
)
# Of these, what people read on from to the next one; cells, terms and controls stand for themselves.
READ_ON = BLOCKS & {
    *("address", "blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("li", "ol", "p", "pre", "section", "ul"),
}
NEIGHBOURS = re.compile(rf"{NEIGHBOUR}(?:\s*{NEIGHBOUR})*")
# What stands in a line, yet apart from its words: raised or lowered, above them, or shown instead.
ASIDES = frozenset({"audio", "canvas", "desc", "rp", "rt", "sub", "sup", "title", "video"})
ATTRIBUTES = (
    "alt",
    "title",
    "aria-label",
    "aria-description",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
    "aria-braillelabel",
    "label",
    "placeholder",
    "value",
    "content",
    "summary",
    "abbr",
    "download",
)
ADDRESSES = (
    "href",
    "action",
    "formaction",
    "xlink:href",
)  # that people follow; the gate stands at the border
# A part of a host's name that holds more than ASCII (RFC 3492; RFC 1034 has its length).
PUNYCODE = re.compile(r"\bxn--([a-z0-9-]{1,59})(?![a-z0-9-])", re.IGNORECASE | re.ASCII)
ASIDE = (ASIDE_OPENS, ASIDE_CLOSES)
SURROUNDS = {
    **dict.fromkeys(BLOCKS, (END, END)),
    **dict.fromkeys(READ_ON, (NEIGHBOUR, NEIGHBOUR)),
    **dict.fromkeys(ASIDES, ASIDE),
    "br": ("\n", ""),
}


def words_of(html: str) -> str:
    """Return the words of `html`, with a `BREAK` wherever no name may go on, and a `SEAM` between neighbours.

    The words of attributes come last, `APART`, addresses to follow among them. Marked as set aside is
    what stands in a line, yet apart from its words: what is raised, lowered or hidden, and readings
    above a word.
    """
    found = [_passages(part) for part in _parts(html)]
    groups = (filter(None, chain.from_iterable(passages)) for passages in zip(*found, strict=True))
    return APART.join(filter(None, map(BREAK.join, groups)))


def plain_words(text: str) -> str:
    """Return `text` with no break or seam in it that somebody has written."""
    return text.replace("\u2029", " ").replace("\u2028", " ")


def words_of_address(address: str) -> str:
    """Return an address that is to be followed as its words are read: what is coded in it, decoded."""
    return plain_words(PUNYCODE.sub(_decoded, unquote(address.replace("+", " "), errors="ignore")))


def _decoded(label: re.Match[str]) -> str:
    """Return a part of a host's name in its own script, as browsers show it."""
    try:
        shown = label[1].encode("ascii").decode("punycode")
        shown.encode()  # which half a pair of surrogates is refused by
    except UnicodeError:
        return label[0]
    return shown


def _parts(html: str) -> Iterator[LexborNode]:
    """Give `html`, the templates in it, which scripts may show, and what its frames hold."""
    pieces, seen = [html], {html}
    for piece in pieces:  # which grow as frames within frames are found
        for tree in _readings(piece):
            for part in parts(tree):
                framed = [node.attributes["srcdoc"] or "" for node in part.css("iframe[srcdoc]")]
                pieces.extend(one for one in dict.fromkeys(framed) if one not in seen)
                seen.update(framed)
                yield part


def _readings(html: str) -> Iterator[LexborHTMLParser]:
    """Give `html` as browsers read it: with scripts off and, where that makes a difference, on."""
    page = (BODY + html).encode(errors="ignore")
    yield LexborHTMLParser(page)
    if b"<noscript" in page.lower():
        tree = LexborHTMLParser(page, scripting=True)
        _silence(tree.css("noscript"))
        yield tree


def _passages(part: LexborNode) -> tuple[list[str], list[str]]:
    """Return the words of a part, cut where no name goes on, and those of its attributes.

    The part is marked in doing so: around an element that does not just stand in a line with its words.
    """
    worded: list[str] = []
    silent: list[LexborNode] = []
    for node in [*part.traverse()]:
        attributes, tag = node.attributes, node.tag or ""
        marks = ASIDE if "hidden" in attributes else SURROUNDS.get(tag)
        if tag == "bdo":
            marks = (LEFTWARDS if (attributes.get("dir") or "").lower() == "rtl" else RIGHTWARDS, POP)
        if tag in SILENT:
            silent.append(node)
        elif marks is not None:
            node.insert_before(marks[0])
            node.insert_after(marks[1])
        if attributes:
            worded += [plain_words(value) for name in ATTRIBUTES if (value := attributes.get(name))]
            worded += [words_of_address(value) for name in ADDRESSES if (value := attributes.get(name))]
    _silence(silent)
    return NEIGHBOURS.sub(SEAM, plain_words(part.text())).split(END), worded


def _silence(nodes: list[LexborNode]) -> None:
    """Take `nodes`, in the page's order, out of the page: inner ones first, while they are there."""
    for node in reversed(nodes):
        node.decompose()

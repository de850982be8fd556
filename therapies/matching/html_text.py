"""The words of a piece of HTML: all that visitors see or hear, and what scripts may show them."""

from collections.abc import Iterator
from itertools import chain

from selectolax.lexbor import LexborHTMLParser, LexborNode

from region_gate.html.parse_modes import parts

from .normalisation import ASIDE_CLOSES, ASIDE_OPENS, BREAK

BODY = "<!doctype html><body>"  # so that a piece of a page is read as what stands in one
PARTING = "\0"  # no parser lets a page have it
SILENT = frozenset({"script", "style", "iframe", "noembed", "noframes"})  # their words are none of the page's
# What begins a line of its own (HTML Standard, section 15.3).
BLOCKS = frozenset(
    """
    address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol optgroup
    option p plaintext pre search section select summary table tbody td textarea tfoot th thead tr ul xmp
    """.split()  # noqa: SIM905 - a list of words is read as one
)
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
ASIDE = (ASIDE_OPENS, ASIDE_CLOSES)
SURROUNDS = {
    **dict.fromkeys(BLOCKS, (PARTING, PARTING)),
    **dict.fromkeys(ASIDES, ASIDE),
    "br": ("\n", ""),
}


def words_of(html: str) -> str:
    """Return the words of `html`, with a `BREAK` wherever no name may go on.

    The words of attributes come last. Marked as set aside is what stands in a line, yet apart from
    its words: what is raised, lowered or hidden, and readings above a word.
    """
    passages = chain.from_iterable(_passages(part) for part in _parts(html))
    return BREAK.join(passage.replace("\u2029", " ") for passage in passages if passage)


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


def _passages(part: LexborNode) -> list[str]:
    """Return the words of a part, cut where no name goes on.

    The part is marked in doing so: around an element that does not just stand in a line with its words.
    """
    worded: list[str] = []
    silent: list[LexborNode] = []
    for node in [*part.traverse()]:
        attributes, tag = node.attributes, node.tag or ""
        marks = ASIDE if "hidden" in attributes else SURROUNDS.get(tag)
        if tag in SILENT:
            silent.append(node)
        elif marks is not None:
            node.insert_before(marks[0])
            node.insert_after(marks[1])
        if attributes:
            worded += [value for name in ATTRIBUTES if (value := attributes.get(name))]
    _silence(silent)
    return [*part.text().split(PARTING), *worded]


def _silence(nodes: list[LexborNode]) -> None:
    """Take `nodes`, in the page's order, out of the page: inner ones first, while they are there."""
    for node in reversed(nodes):
        node.decompose()

"""The ways in which browsers may read a page's HTML."""

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

DOCTYPE = "<!doctype"
PAGE_MARKS = (DOCTYPE, "<html", "<head", "<body")
# What a parser reads again exactly as it was written out: no tables, templates, selects or frames,
# which move their contents about, no comments, no text that is read in a way of its own but a
# script's and the title's, no HTML within SVG (HTML Standard, sections 13.2.6 and 13.3).
PLAIN = frozenset(
    """
    html head title meta link script body header nav main footer section article aside address div
    p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote figure figcaption hr br img picture source
    details summary dialog form label input button a abbr b bdi bdo cite code data dfn em i kbd mark
    q s small span strong sub sup time u var wbr svg g path circle ellipse line polygon polyline rect
    """.split()  # noqa: SIM905 - a list of words is read as one
)
UNPLAIN_TEXT = ("\0", "\r")
AS_WRITTEN = LexborDocumentOptions.WO_EVENTS.value


@dataclass(frozen=True, slots=True)
class ParseMode:
    """One way to read HTML: as a whole page or as a fragment put into `context`, with scripts on or off."""

    context: str = ""
    scripting: bool = False

    def tree(self, html: str) -> LexborHTMLParser:
        """Return `html` as this reading finds it."""
        return LexborHTMLParser(
            html,
            is_fragment=bool(self.context),
            fragment_tag=self.context,
            scripting=self.scripting,
            options=AS_WRITTEN,
        )


def parse_modes(html: str) -> Iterator[ParseMode]:
    """Give the readings of `html` that may differ: a fragment is put into a page, or is one itself.

    What stands beside a frameset is dropped from a page, but not from a fragment.
    """
    if html.lstrip()[: len(DOCTYPE)].lower() != DOCTYPE:
        yield from _as_fragment(html.lower())
    yield ParseMode()
    if "<noscript" in html.lower():
        yield ParseMode(scripting=True)


def _as_fragment(lowered: str) -> Iterator[ParseMode]:
    if any(mark in lowered for mark in PAGE_MARKS):
        return
    yield ParseMode(context="template")
    if "<frameset" in lowered:
        yield ParseMode(context="div")


def is_plain(html: str, tags: set[str]) -> bool:
    """Say whether a page `html` made of `tags` is sure to be read again as it is written out."""
    return tags <= PLAIN and not any(mark in html for mark in UNPLAIN_TEXT)


def parts(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """Give the page and what each template on it holds, shadow roots included, which no walk enters."""
    due = [tree.root] if tree.root is not None else []
    while due:
        part = due.pop()
        yield part
        due.extend(reversed(part.template_fragments()))

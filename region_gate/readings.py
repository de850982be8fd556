"""The ways in which browsers may read a page's HTML."""

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

PAGE_MARKS = ("<!doctype", "<html", "<head", "<body")
AS_WRITTEN = LexborDocumentOptions.WO_EVENTS.value


@dataclass(frozen=True, slots=True)
class Reading:
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


def readings(html: str) -> Iterator[Reading]:
    """Give the readings of `html` that may differ: a fragment is put into a page, or is one itself.

    What stands beside a frameset is dropped from a page, but not from a fragment.
    """
    lowered = html.lower()
    if not any(mark in lowered for mark in PAGE_MARKS):
        yield Reading(context="template")
        if "<frameset" in lowered:
            yield Reading(context="div")
    yield Reading()
    if "<noscript" in lowered:
        yield Reading(scripting=True)


def parts(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """Give the page and what each template on it holds, shadow roots included, which no walk enters."""
    if tree.root is not None:
        yield from _and_templates(tree.root)


def _and_templates(part: LexborNode) -> Iterator[LexborNode]:
    yield part
    for content in part.template_fragments():
        yield from _and_templates(content)

"""What assistive technology hears of a gated link besides its name (WAI-ARIA, aria-describedby).

On a whole page, all links of one kind share one hidden sentence at its end. In a fragment, a template
or a shadow root a reference may lead nowhere, so there each link has the sentence itself.
"""

from collections.abc import Iterable, Mapping

from selectolax.lexbor import LexborAttributes, LexborHTMLParser

from region_gate.html.page_words import PageWords
from region_gate.links.destinations import DestinationKind

IDS = {kind: f"region-gate-{kind}" for kind in (DestinationKind.THIRD_PARTY, DestinationKind.CROSS_REGION)}
DESCRIBING = frozenset({"aria-describedby", "aria-description", "title"})


def describe(
    attributes: LexborAttributes,
    written: Mapping[str, str | None],
    kind: DestinationKind,
    words: PageWords,
    *,
    is_by_reference: bool,
) -> None:
    """Describe a link to a crossing of `kind`, whose attributes are `written`, besides what does so already.

    A title would no longer be heard beside a description, and so becomes part of it.
    """
    if is_by_reference and DESCRIBING.isdisjoint(written):
        attributes["aria-describedby"] = IDS[kind]
        return
    references = written.get("aria-describedby")
    own = written.get("aria-description") or written.get("title")
    if references or (is_by_reference and not own):
        attributes["aria-describedby"] = f"{references or ''} {IDS[kind]}".strip()
    else:
        sentence = words.description(kind)
        attributes["aria-description"] = f"{own} – {sentence}" if own else sentence


def add_sentences(
    tree: LexborHTMLParser, html: str, kinds: Iterable[DestinationKind], words: PageWords
) -> None:
    """Put what links to crossings of `kinds` are described by at the end of the page, each sentence once.

    `html` is what the `tree` was read from: most pages have none, which is quicker seen there.
    """
    body = tree.body
    if body is None or body.tag != "body":  # but a frameset
        return
    for kind in kinds:
        if IDS[kind] not in html or tree.css_first(f"#{IDS[kind]}") is None:
            paragraph = tree.create_node("p")
            paragraph.attrs["hidden"] = ""
            paragraph.attrs["id"] = IDS[kind]
            paragraph.insert_child(words.description(kind))
            body.insert_child(paragraph)

"""What assistive technology hears of a gated link besides its name (WAI-ARIA, aria-describedby).

On a whole page, all links of one kind share one hidden sentence at its end. In a fragment, a template
or a shadow root a reference may lead nowhere, so there each link has the sentence itself.
"""

from collections.abc import Iterable, Mapping

from selectolax.lexbor import LexborAttributes, LexborHTMLParser

from region_gate.links.destinations import Destination

ID = "region-gate-{}"


def describe(
    attributes: LexborAttributes,
    written: Mapping[str, str | None],
    destination: Destination,
    sentence: str,
    *,
    is_by_reference: bool,
) -> None:
    """Describe a link, whose attributes are `written`, by `sentence` besides what describes it already.

    A title would no longer be heard beside a description, and so becomes part of it.
    """
    references, title = written.get("aria-describedby"), written.get("title")
    own = written.get("aria-description") or title
    if references or (is_by_reference and not own):
        reference = ID.format(destination.kind)
        attributes["aria-describedby"] = f"{references} {reference}" if references else reference
    else:
        attributes["aria-description"] = f"{own} – {sentence}" if own else sentence


def add_sentences(tree: LexborHTMLParser, sentences: Iterable[tuple[Destination, str]]) -> None:
    """Put what links are described by at the end of the page, each sentence once."""
    body = tree.body
    for kind, sentence in {destination.kind: sentence for destination, sentence in sentences}.items():
        identifier = ID.format(kind)
        if body and body.tag == "body" and tree.css_first(f"#{identifier}") is None:
            paragraph = tree.create_node("p")
            paragraph.attrs["hidden"] = ""
            paragraph.attrs["id"] = identifier
            paragraph.insert_child(sentence)
            body.insert_child(paragraph)

"""Citations in rich text: which references a page cites, and the numbers that visitors see.

Nothing is kept between two pages, or two readings of one: the numbers follow from the page's own
text each time, so that pages rendered at once cannot mix theirs.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from therapies.content_walk import leaves_of_block

KEY = re.compile(r"[0-9]{1,18}")
# Both are found as text, for both are ours: Wagtail writes the one, `mark` the other.
MARKER = re.compile(r'<a data-reference="([0-9]*)">.*?</a>', re.DOTALL)
RUN = re.compile(rf"{MARKER.pattern}(?:(?:\s|,|;|&nbsp;)*{MARKER.pattern})*", re.DOTALL)

Numbers = Mapping[int, int]


def texts_in(body: StreamValue) -> Iterator[str]:
    """Give the rich texts in a body, as they are stored, in order."""
    leaves = leaves_of_block("", body.stream_block, body)
    return (leaf.html for leaf in leaves if leaf.html is not None)


def keys_in(text: str) -> Iterator[int]:
    """Give the keys of the references that a stored rich text cites, as often as it does."""
    # Found by Wagtail's own expression, not by a parser: `mark` is called for just what that finds.
    for tag in FIND_A_TAG.findall(text):
        attributes = extract_attrs(tag)
        key = attributes.get("id", "")
        if attributes.get("linktype") == "reference" and KEY.fullmatch(key):
            yield int(key)


def in_order(texts: Iterable[str]) -> list[int]:
    """Return the keys that `texts` cite, each once, in the order in which visitors meet them."""
    return list(dict.fromkeys(key for text in texts for key in keys_in(text)))


def mark(key: str) -> str:
    """Return the opening tag that stands for a citation until it has its number."""
    return f'<a data-reference="{key if KEY.fullmatch(key) else ""}">'


class Numbered(NamedTuple):
    """A page's HTML with its citations numbered, and the anchors at which each number stands."""

    html: SafeString
    places: dict[int, list[str]]


def number(html: str, numbers: Numbers, name: Callable[[int], str]) -> Numbered:
    """Return `html` with each marker made the number of its reference, called what `name` says.

    Neighbours share one superscript. A marker whose reference has no number leaves no trace.
    """
    places: dict[int, list[str]] = {}

    def cite(run: re.Match[str]) -> str:
        keys = [int(key) for key in MARKER.findall(run[0]) if key]
        found = sorted({numbers[key] for key in keys if key in numbers})
        links = [_link(cited, places.setdefault(cited, []), name(cited)) for cited in found]
        return f'<sup class="citation">{", ".join(links)}</sup>' if links else ""

    return Numbered(mark_safe(RUN.sub(cite, html)), places)  # noqa: S308 - what comes in is safe


def _link(cited: int, anchors: list[str], name: str) -> SafeString:
    """Return the link to reference number `cited`, and add its anchor to those before."""
    anchors.append(f"cited-{cited}-{len(anchors) + 1}")
    return format_html(
        '<a href="#reference-{}" id="{}" role="doc-biblioref" aria-label="{}">{}</a>',
        cited,
        anchors[-1],
        name,
        cited,
    )

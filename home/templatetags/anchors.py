"""The anchors of a page's headed blocks, each its own."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from django.template import Library

register = Library()

# What the page itself calls so.
TAKEN = frozenset(
    {
        *("main", "contents-heading", "references-heading", "labels-heading", "withdrawn-labels-heading"),
        *("footer-contact", "header-search", "directory-heading"),
    }
)


@register.filter
def anchored(body: Iterable[Any]) -> Iterable[Any]:
    """Give the blocks of `body`; of two with one anchor, the later one gets a number, as often as asked."""
    taken = set(TAKEN)
    for block in body:
        if anchor := getattr(block.value, "anchor", ""):
            block.value.anchor = _free(anchor, taken)
            taken.add(block.value.anchor)
    return body


def _free(anchor: str, taken: set[str]) -> str:
    if anchor not in taken:
        return anchor
    return next(free for number in count(2) if (free := f"{anchor}-{number}") not in taken)

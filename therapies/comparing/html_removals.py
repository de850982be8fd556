"""Where in a page the paragraphs stand that it has no more, so that they can be shown as removed."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from .html_blocks import Block, Pair, body_of

# What may stand beside each other anywhere.
FREE = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "blockquote"})
# Within these, only elements of their own stand.
CLOSED = frozenset(
    ["ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "thead", "tr", "td", "th", "figure"]
)
INNER = CLOSED - {"ul", "ol", "dl", "table", "figure"} | {"figcaption", "caption"}
# What holds paragraphs: words directly in it stand beside them.
SECTIONS = frozenset(
    ["body", "main", "article", "section", "div", "header", "footer", "nav", "aside", "form"]
)

Write = Callable[[Block], str]


class _Place(NamedTuple):
    """Where something that is gone is shown: right before or after a block that is there, if any is."""

    gone: Block
    beside: Block | None
    is_before: bool


def put_back(pairs: Sequence[Pair], body: LexborNode, write: Write) -> None:
    """Insert what only the older version has where it stood; `write` gives the HTML of its words."""
    places = [
        _place(pair.old, pairs[:number][::-1], pairs[number + 1 :])
        for number, pair in enumerate(pairs)
        if pair.old and pair.new is None
    ]
    # What comes after one block is put there last first, so that it stands in its order.
    for place in [one for one in places if one.is_before] + [
        one for one in places[::-1] if not one.is_before
    ]:
        _insert(place, body, write)


def _place(gone: Block, earlier: Sequence[Pair], later: Sequence[Pair]) -> _Place:
    before, after = (next((pair.new for pair in side if pair.new), None) for side in (earlier, later))
    is_nearer = _stood_with(gone, later) and not _stood_with(gone, earlier)
    if after and (before is None or is_nearer):
        return _Place(gone, after, is_before=True)
    return _Place(gone, before, is_before=before is None)


def _stood_with(gone: Block, side: Sequence[Pair]) -> bool:
    """Say whether the nearest block that is still there stood in the same element as what is gone."""
    kept = next((pair.old for pair in side if pair.old and pair.new), None)
    return kept is not None and _around(kept) == _around(gone)


def _around(block: Block) -> int:
    around = block.parent.parent
    return around.mem_id if around else 0


def _insert(place: _Place, body: LexborNode, write: Write) -> None:
    gone, beside = place.gone, place.beside
    if beside is None:
        for node in _nodes(gone, write, in_list=False):
            body.insert_child(node)
        return
    is_item = gone.kind == beside.kind and gone.parent.tag == "li"
    is_free = {gone.parent.tag, beside.parent.tag} <= FREE
    anchor = beside.parent if is_item or is_free else _outside(_own_node(beside, first=place.is_before))
    for node in _nodes(gone, write, in_list=is_item):  # it is but one
        (anchor.insert_before if place.is_before else anchor.insert_after)(node)


def _own_node(block: Block, *, first: bool) -> LexborNode:
    """Return what of a block stands beside paragraphs: its element, or what of a section has its words."""
    if block.parent.tag not in SECTIONS:
        return block.parent
    node = block.nodes[0 if first else -1][0]
    while (around := node.parent) and around.mem_id != block.parent.mem_id:
        node = around
    return node


def _outside(node: LexborNode) -> LexborNode:
    """Return the list, table or figure around `node`, else itself."""
    while (around := node.parent) and (node.tag in INNER or around.tag in CLOSED):
        node = around
    return node


def _nodes(gone: Block, write: Write, *, in_list: bool) -> list[LexborNode]:
    tag = gone.parent.tag or ""
    html = f"<{tag}>{write(gone)}</{tag}>" if tag in FREE or tag == "li" else f"<p>{write(gone)}</p>"
    if tag == "li" and not in_list:
        return [*body_of(f"<ul>{html}</ul>").iter()]
    return [*body_of(html).iter()]

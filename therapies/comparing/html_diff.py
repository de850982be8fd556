"""Two versions of a piece of HTML as one, with what was added and what was removed marked in it.

The newer version stays as it is, element by element. Within a paragraph the words are marked; a
paragraph, heading or item of a list that is new or gone is marked whole.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

from region_gate.word_diff import align

from .comparison import are_alike
from .html_blocks import Block, Pair, Token, blocks_in, body_of, is_space
from .html_removals import put_back

KEPT, ADDED, REMOVED = "", "ins", "del"
MAX_AHEAD = 20  # blocks among which a version is looked for, so that long pages take no time that grows


class Said(NamedTuple):
    """What a screen reader says before and after what is marked."""

    removed: tuple[str, str]
    added: tuple[str, str]


class Marked(NamedTuple):
    """A token, and what became of it."""

    mark: str
    token: Token


def mark(old: str, new: str, said: Said) -> str:
    """Return `new` with `<ins>` around what `old` lacks, and in `<del>` what only `old` has."""
    before, body = body_of(old), body_of(new)
    pairs = [*_paired(blocks_in(before), blocks_in(body))]
    put_back(pairs, body, lambda block: _written([Marked(REMOVED, token) for token in block.tokens], said))
    for pair in pairs:
        if pair.new:
            _mark_block(pair.old, pair.new, said)
    return body.inner_html or ""


def differ(old: str, new: str) -> bool:
    """Say whether two pieces of HTML read or look otherwise."""
    first, second = ([block.identity for block in blocks_in(body_of(html))] for html in (old, new))
    return first != second


def _paired(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Pair]:
    """Give all blocks in the order of the newer version, what is gone where it stood."""
    first, second = ([block.identity for block in blocks] for blocks in (old, new))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for act, start, end, new_start, new_end in matcher.get_opcodes():
        if act == "equal":
            yield from map(Pair, old[start:end], new[new_start:new_end])
        else:
            yield from _likened(old[start:end], new[new_start:new_end])


def _likened(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Pair]:
    """Give the blocks of a changed stretch, each with the first one left that it is a version of."""
    used, waiting = 0, list[Block]()
    for block in new:
        ahead = range(used, min(used + MAX_AHEAD, len(old)))
        found = next((place for place in ahead if _are_versions(old[place], block)), None)
        if found is None:
            waiting.append(block)
            continue
        yield from _in_turn(old[used:found], waiting)
        yield Pair(old[found], block)
        used, waiting = found + 1, []
    yield from _in_turn(old[used:], waiting)


def _in_turn(gone: Sequence[Block], added: Sequence[Block]) -> Iterator[Pair]:
    """Give blocks that are no versions of each other: each before what of its kind took its place."""
    left = [*gone]
    for block in added:
        if left and left[0].kind == block.kind:
            yield Pair(left.pop(0), None)
        yield Pair(None, block)
    yield from (Pair(block, None) for block in left)


def _are_versions(old: Block, new: Block) -> bool:
    return old.kind == new.kind and are_alike(old.text, new.text)


def _mark_block(old: Block | None, new: Block, said: Said) -> None:
    """Mark within the elements of `new` how it differs from `old`; all of it without one."""
    if old and old.identity == new.identity:
        return
    for (node, _length), tokens in zip(new.nodes, _shared_out(old, new), strict=True):
        if any(one.mark != KEPT for one in tokens):
            for part in body_of(_written(tokens, said)).iter(include_text=True):
                node.insert_before(part)
            node.decompose()


def _shared_out(old: Block | None, new: Block) -> list[list[Marked]]:
    """Return what is written in the place of each node of `new`."""
    shares: list[list[Marked]] = [[] for _node in new.nodes]
    number, left = 0, new.nodes[0][1]
    for one in _marked(align(old.tokens if old else [], new.tokens, is_space)):
        if one.mark != REMOVED:
            if not left:
                number, left = number + 1, new.nodes[number + 1][1]
            left -= 1
        shares[number].append(one)
    return shares


def _marked(steps: "Sequence[tuple[bool, list[Token], list[Token]]]") -> Iterator[Marked]:
    for is_changed, before, after in steps:
        if is_changed:
            yield from (Marked(REMOVED, token) for token in before)
        yield from (Marked(ADDED if is_changed else KEPT, token) for token in after)


def _written(tokens: Sequence[Marked], said: Said) -> str:
    """Return tokens as HTML; those that stand in their place already need no formats."""
    written = []
    for name, ones in groupby(tokens, key=lambda one: one.mark):
        stretch = [one.token for one in ones]
        if name == REMOVED:
            written.append(_tagged(name, said.removed, "".join(one.formatted for one in stretch)))
        elif name == ADDED:
            written.append(_tagged(name, said.added, "".join(one.html for one in stretch)))
        else:
            written.append("".join("<br>" if one.text == "\n" else one.html for one in stretch))
    return "".join(written)


def _tagged(tag: str, said: tuple[str, str], inner: str) -> str:
    """Return `inner` in the element that marks it; a space alone is no change that anybody sees."""
    if not inner.strip():
        return inner if tag == ADDED else ""
    first, last = (f'<span class="w-sr-only"> {words} </span>' for words in said)
    return f"<{tag}>{first}{inner}{last}</{tag}>"

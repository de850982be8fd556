"""A piece of HTML as the paragraphs, items and headings that visitors read, and the words in each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from region_gate.word_diff import TOKEN
from therapies.matching.html_text import BLOCKS

# How words may look within their line; a change of it is a change.
FORMATS = {tag: tag for tag in ("b", "i", "sup", "sub", "u", "s", "small", "code")}
FORMATS |= {"strong": "b", "em": "i"}
PICTURES = frozenset({"img", "picture", "video", "audio"})
SILENT = frozenset({"script", "style", "template", "noscript", "svg", "iframe"})
PICTURE, LINE_BREAK = "picture", "br"


class Token(NamedTuple):
    """A word, a space, a mark, an end of a line or a picture (its HTML), as it is formatted."""

    text: str
    formats: tuple[str, ...] = ()

    @property
    def html(self) -> str:
        """Return it as HTML, without its formats."""
        if self.formats == (PICTURE,):
            return self.text
        return "↵<br>" if self.text == "\n" else escape(self.text, quote=False)

    @property
    def formatted(self) -> str:
        """Return it as HTML, formatted."""
        inner = self.html
        for name in self.formats:
            inner = inner if name == PICTURE else f"<{name}>{inner}</{name}>"
        return inner


def is_space(token: Token) -> bool:
    """Say whether the token is white space and no more."""
    return token.text == " "


@dataclass(slots=True)
class Block:
    """Words in one line of thought, directly in `parent`; `nodes` hold them, each so many tokens."""

    parent: LexborNode
    tokens: list[Token] = field(default_factory=list)
    nodes: list[tuple[LexborNode, int]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Return what it is: its element, of an item with that of its list."""
        tag, around = self.parent.tag or "", self.parent.parent
        return f"{around.tag} {tag}" if tag == "li" and around else tag

    @property
    def text(self) -> str:
        """Return its words."""
        return "".join(token.text for token in self.tokens)

    @property
    def identity(self) -> tuple[str, tuple[Token, ...]]:
        """Return what two blocks that read and look the same have in common."""
        tokens = self.tokens[is_space(self.tokens[0]) :]
        return self.kind, tuple(tokens[: len(tokens) - is_space(tokens[-1])])

    def take(self, node: LexborNode, formats: tuple[str, ...]) -> None:
        """Add the words of `node`, which is within the line."""
        if tokens := [*_tokens(node, formats)]:
            self.tokens += tokens
            self.nodes.append((node, len(tokens)))


class Pair(NamedTuple):
    """A block of the older version and the one of the newer that is a version of it; None for none."""

    old: Block | None
    new: Block | None


def body_of(html: str) -> LexborNode:
    """Return `html` as the body of a page of its own."""
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    assert body is not None  # noqa: S101 - the HTML standard gives every page one
    return body


def blocks_in(root: LexborNode) -> list[Block]:
    """Return the blocks below `root` that have words or pictures, in their order."""
    found = [Block(root)]
    _read(root, root, (), found)
    return [block for block in found if block.text.strip()]


def _read(node: LexborNode, parent: LexborNode, formats: tuple[str, ...], found: list[Block]) -> None:
    """Add what is in `node` to the last block `found`, or to new ones; `parent` is the block it stands in."""
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag in SILENT:
            continue
        if tag in BLOCKS:
            found.append(Block(child))
            _read(child, child, (), found)
            found.append(Block(parent))
        elif child.is_element_node and tag not in PICTURES and tag != LINE_BREAK:
            name = FORMATS.get(tag)
            _read(child, parent, tuple(sorted({*formats, name})) if name else formats, found)
        else:
            found[-1].take(child, formats)


def _tokens(node: LexborNode, formats: tuple[str, ...]) -> Iterator[Token]:
    if node.is_text_node:
        for text in TOKEN.findall(node.text_content or ""):
            yield Token(" ") if text.isspace() else Token(text, formats)
    elif node.tag == LINE_BREAK:
        yield Token("\n")
    elif node.tag in PICTURES:
        yield Token(node.html or "", (PICTURE,))

"""A page or snippet as passages to read and compare: each field, and each block of a body, as plain text.

Beside what is shown, a passage says where its links lead, between angle quotation marks: a link
that leads elsewhere is a change, too.
"""

import dataclasses
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from selectolax.lexbor import LexborHTMLParser, LexborNode
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from home.blocks.features import TERM
from home.models.frame import LOCAL_FIELDS
from region_gate import clock
from therapies.content_walk import (
    APPEARANCE,
    Leaf,
    fields_of,
    fields_of_part,
    leaves_of_block,
    leaves_of_field,
    lists_of,
    name_of_field,
    name_of_list,
    parts_of,
    pointer_of,
)
from therapies.formatting import written
from therapies.guard.visible_text import LINKED

KINDS = {"page": lambda: Page, **LINKED}
# Each of these begins a line of its own.
LINES = {"p", "h2", "h3", "h4", "h5", "h6", "li", "br", "hr", "blockquote", "tr"}
LAYOUT = LINES | {"ul", "ol", "b", "strong", "i", "em", "sup", "sub"}
WITHIN_LINES = LAYOUT - LINES - {"ul", "ol"}
VOID = {"br", "hr"}
LINE_ENDS = re.compile(r"\s*\n\s*")
# What each of two pages has for itself, and only versions of one page share.
OWN_FIELDS = frozenset({"slug", *APPEARANCE, *LOCAL_FIELDS})

Target = tuple[type[models.Model], str]
Names = dict[Target, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A field or a block of a page, as text; `key` is the same in every version and copy of the page.

    `html` is the same text with its paragraphs and lists, safe to show; by it no passages differ.
    """

    key: str
    name: str
    text: str
    html: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Piece:
    """A field, or a block of a body, that is compared as one; its `key` is a passage's."""

    key: str
    name: str
    field: Any
    block: Any = None


@dataclass(frozen=True, slots=True)
class Link:
    """Something that a page points to; it is read as its name."""

    target: Target


@dataclass(frozen=True, slots=True)
class Tag:
    """The beginning or end of an element that lays a text out."""

    name: str
    is_end: bool = False

    @property
    def text(self) -> str:
        """Return what it is in plain text."""
        return "\n" if self.name in LINES and not self.is_end else ""

    @property
    def html(self) -> str:
        """Return it as HTML."""
        return f"</{self.name}>" if self.is_end else f"<{self.name}>"


Parts = Iterator[str | Link | Tag]


@dataclass(frozen=True, slots=True)
class _Unread:
    """A passage before the names of what it points to are known."""

    key: str
    name: str
    parts: list[str | Link | Tag]

    def read(self, names: Names) -> Passage:
        named = [names.get(part.target, "—") if isinstance(part, Link) else part for part in self.parts]
        text = "".join(map(_plain_part, named))
        html = "".join(part.html if isinstance(part, Tag) else escape(part, quote=False) for part in named)
        return Passage(self.key, self.name, LINE_ENDS.sub("\n", text).strip(), html)


def passages_of(*things: models.Model, without: Collection[str] = ()) -> list[list[Passage]]:
    """Return the passages of each page or snippet, `without` some of its fields.

    The number of queries is flat, however many links they hold.
    """
    unread = [[one for one in _unread(thing) if one.key.partition(".")[0] not in without] for thing in things]
    names = _names(part for page in unread for one in page for part in one.parts)
    return [[passage for one in page if (passage := one.read(names)).text] for page in unread]


def pieces_of(thing: models.Model) -> Iterator[Piece]:
    """Give what is compared of a page or snippet, in its order."""
    for field in fields_of(thing):
        name = name_of_field(field)
        if not isinstance(field, StreamField):
            yield Piece(field.name, name, field)
            continue
        for place, block in enumerate(getattr(thing, field.attname)):
            yield Piece(f"{field.name}.{block.id or place}", f"{name}: {block.block.label}", field, block)


def pieces_of_parts(thing: models.Model) -> Iterator[tuple[Piece, models.Model]]:
    """Give what is compared of the rows that hold texts, as a label's languages do, each with its row."""
    for key, row in parts_of(thing):
        for field in fields_of_part(row):
            yield Piece(f"{key}.{field.name}", f"{name_of_field(field)} ({row})", field), row


def words_of_field(thing: models.Model, field: Any) -> str:
    """Return the text of `field` in `thing`; of rich text without the addresses of its links."""
    if isinstance(field, RichTextField):
        return text_of(*leaves_of_field(thing, field))
    value = getattr(thing, field.attname)
    return str(getattr(thing, f"get_{field.name}_display", lambda: _plain(value))())


def text_of(*leaves: Leaf) -> str:
    """Return the words that `leaves` show, each paragraph and item of a list on a line of its own."""
    return "\n".join(words for leaf in leaves if (words := _words_of(leaf)))


def _words_of(leaf: Leaf) -> str:
    text = "".join(map(_plain_part, _read(leaf, with_links=False)))
    if leaf.html is None:
        return text
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _plain_part(part: str | Link | Tag) -> str:
    return part.text if isinstance(part, Tag) else "" if isinstance(part, Link) else part


def _unread(thing: models.Model) -> Iterator[_Unread]:
    for piece in pieces_of(thing):
        read = _read_field(thing, piece.field) if piece.block is None else _read_block(piece.block)
        yield _Unread(piece.key, piece.name, [*read])
    for relation, rows in lists_of(thing):
        links = (_in_line([Link((row.holder.related_model, str(row.value)))]) for row in rows)
        yield _Unread(relation.name, name_of_list(relation), [part for line in links for part in line])
    for piece, row in pieces_of_parts(thing):
        yield _Unread(piece.key, piece.name, [*_read_field(row, piece.field)])


def _read_field(thing: models.Model, field: Any) -> Parts:
    value = getattr(thing, field.attname)
    if isinstance(field, RichTextField):
        yield from _read_html(value)
    elif not field.is_relation:
        yield from _in_lines(words_of_field(thing, field))
    elif value:
        yield from _in_line([Link((field.related_model, str(value)))])


def _read_block(block: Any) -> Parts:
    """Give what a block of a body holds, each part on a line of its own, and so each row of a table."""
    if isinstance(block.value, TypedTable):
        yield from _read_table(block.value)
        return
    for leaf in leaves_of_block("", block.block, block.value):
        yield from _read(leaf) if leaf.html is not None else _in_line(_read(leaf))
        yield "\n"


def _read_table(table: TypedTable) -> Parts:
    headings = (column["heading"] for column in table.columns)
    for line in ([table.caption], _barred([heading] for heading in headings), *map(_read_row, table.rows)):
        yield from _in_line(line)
        yield "\n"


def _read_row(cells: Iterable[Any]) -> Parts:
    return _barred(filter(_is_within_line, _read_cell(cell)) for cell in cells)


def _read_cell(cell: Any) -> Parts:
    for leaf in leaves_of_block("", cell.block, cell.value):
        yield from _read(leaf)


def _barred(cells: Iterable[Iterable[str | Link | Tag]]) -> Parts:
    """Give `cells` in one line, a bar between each two."""
    for number, cell in enumerate(cells):
        if number:
            yield " | "
        yield from cell


def _is_within_line(part: str | Link | Tag) -> bool:
    return not isinstance(part, Tag) or part.name in WITHIN_LINES


def _in_lines(text: str) -> Parts:
    """Give a plain text, each line of it as a paragraph."""
    for line in text.splitlines():
        if line.strip():
            yield from _in_line([line])


def _in_line(parts: Iterable[str | Link | Tag]) -> Parts:
    yield Tag("p")
    yield from parts
    yield Tag("p", is_end=True)


def _plain(value: Any) -> str:
    """Return a value that is neither text nor a choice, as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        local = value.astimezone(ZoneInfo(clock.zone()))
        return f"{date_format(local, 'j F Y, H:i')} ({clock.zone()})"
    if isinstance(value, date):
        return written(value)
    return "" if value is None else str(value)


def _read(leaf: Leaf, *, with_links: bool = True) -> Parts:
    """Give the words of a leaf and what it points to, or its words only."""
    if (html := leaf.html) is not None:
        yield from _read_html(html, with_links)
    else:
        yield from _read_value(leaf.value, with_links)


def _read_value(value: Any, with_links: bool) -> Parts:
    if isinstance(value, models.Model):
        if with_links:
            yield from ("‹", Link((value._meta.model, str(value.pk))), "› ")
        value = getattr(value, "contextual_alt_text", None)
    if value not in (None, ""):
        yield str(value)


def _read_html(html: str, with_links: bool = True) -> Parts:
    body = LexborHTMLParser(html or "").body
    if body is not None:
        yield from _read_node(body, with_links)


def _read_node(node: LexborNode, with_links: bool) -> Parts:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text_content or ""
            continue
        tag = child.tag if child.tag in LAYOUT else None
        if tag:
            yield Tag(tag)
        yield from _read_node(child, with_links)
        if tag and tag not in VOID:
            yield Tag(tag, is_end=True)
        if with_links:
            yield from _read_link(child)


def _read_link(node: LexborNode) -> Parts:
    """Give where a link leads, what an embed shows, or how a term is explained."""
    attributes, (kind, key) = node.attributes, pointer_of(node)
    if kind == TERM:
        yield f" ‹{attributes.get('title')}›"
    elif kind in KINDS:
        yield from (" ‹", Link((KINDS[kind](), key)), "›")
    elif (address := attributes.get("href") or attributes.get("url") or "#")[0] != "#":
        yield f" ‹{address}›"


def _names(parts: Iterable[str | Link | Tag]) -> Names:
    keys: dict[type[models.Model], set[str]] = {}
    for part in parts:
        if isinstance(part, Link):
            keys.setdefault(part.target[0], set()).add(part.target[1])
    return {(model, key): name for model in keys for key, name in _names_in(model, keys[model])}


def _names_in(model: type[models.Model], keys: set[str]) -> Iterator[tuple[str, str]]:
    found = model._default_manager.filter(pk__in=[key for key in keys if key.isdecimal()])
    yield from ((str(thing.pk), name_of(thing)) for thing in found)


def name_of(thing: Any) -> str:
    """Return what tells `thing` from others; of a page only what is published."""
    if not isinstance(thing, Page):
        return str(thing)
    if not thing.live:
        return _("unpublished page")
    return f"{thing.title}, {thing.url_path.partition('/')[2].partition('/')[2]}"

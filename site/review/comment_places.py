"""Where comments stand: on a field, or a field of a block, as the page's editor knows them.

The editor knows no cell of a table: a comment on one stands on the table, and quotes the cell.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from selectolax.lexbor import LexborHTMLParser
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import RichText

from therapies.comparing.text_fields import Piece, pieces_of, pieces_of_parts, text_of
from therapies.content_walk import leaves_of_block

BLOCK_KEY = "data-block-key"  # by which the editor of rich text knows its paragraphs again
CELL = "#"  # stands between a table's place and a cell's
MAX_QUOTED = 80  # characters of a cell


def places_of(thing: Any) -> dict[str, list[tuple[str, str]]]:
    """Return where each passage of `thing`, by its key, takes comments: paths in the editor, with names."""
    pieces = [*pieces_of(thing)]
    if not isinstance(thing, Page):  # Wagtail's editor shows no comment on a row of a page's list
        pieces += [piece for piece, _row in pieces_of_parts(thing)]
    return {piece.key: [*_places(piece)] for piece in pieces}


def _places(piece: Piece) -> Iterator[tuple[str, str]]:
    if piece.block is None:
        yield piece.key, piece.name
    else:
        yield from _places_in(piece.key, piece.block.block, piece.block.value)


def _places_in(path: str, block: blocks.Block, value: Any) -> Iterator[tuple[str, str]]:
    """Give the fields of a block: the editor shows comments on these, and on nothing that holds others."""
    match block:
        case blocks.BaseStructBlock():
            values = value if isinstance(value, Mapping) else {}  # what an image block holds is an image
            for name, child in block.child_blocks.items():
                yield from _places_in(f"{path}.{name}", child, values.get(name))
        case blocks.ListBlock():
            for item in value.bound_blocks if value else ():
                yield from _places_in(f"{path}.{item.id}", item.block, item.value)
        case _:
            yield path, str(block.label)
            if isinstance(value, TypedTable):
                yield from _cells(path, value)


def _cells(path: str, table: TypedTable) -> Iterator[tuple[str, str]]:
    """Give the cells of the table at `path` in which something stands, each by its words."""
    headings = [column["heading"] or str(column["block"].label) for column in table.columns]
    for number, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            said = " ".join(text_of(*leaves_of_block("", cell.block, cell.value)).split())
            if said:
                place = {
                    "row": number,
                    "column": headings[column],
                    "words": Truncator(said).chars(MAX_QUOTED),
                }
                yield f"{path}{CELL}{number}.{column}", _("Row %(row)s, %(column)s: “%(words)s”") % place


def position_in(html: str) -> str:
    """Return all of a rich text as the place of a comment, as its editor keeps it: ranges in UTF-16."""
    found = LexborHTMLParser(html).css(f"[{BLOCK_KEY}]")
    ranges = (
        {"key": node.attributes[BLOCK_KEY], "start": 0, "end": len(node.text().encode("utf-16-le")) // 2}
        for node in found
    )
    return json.dumps([*ranges])


def position_of(thing: Any, place: str) -> str:
    """Return where in `place` the comment stands; blank where it is no rich text."""
    name, *path = place.split(".")
    value = getattr(thing, name)
    if path:
        value = thing._meta.get_field(name).get_block_by_content_path(value, path).value
    if isinstance(value, RichText):
        return position_in(value.source)
    return position_in(value) if isinstance(thing._meta.get_field(name), RichTextField) else ""


def name_of_place(comment: Any, places: Iterable[tuple[str, str]]) -> str:
    """Return what editors call the place of `comment`, blank for one that is gone."""
    return dict(places).get(comment.contentpath, "")

"""What a page or snippet holds: its fields, and within them each value that holds no other.

Whatever reads texts reads them this way: the guard, comparisons, uses, citations. A body is walked as it
is shown, or as it is stored: then without a query, and with the keys of what has been deleted since.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations
from selectolax.lexbor import LexborHTMLParser, LexborNode
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock, TypedTable
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import COMMENTS_RELATION_NAME, Page
from wagtail.rich_text import RichText

# Of what Wagtail keeps with every page, this is what visitors and search engines see.
PAGE_FIELDS = ("title", "slug", "seo_title", "search_description")
# What of Wagtail's is no text, and decides where and how long visitors meet a page.
APPEARANCE = ("show_in_menus", "go_live_at", "expire_at")

# What a table says besides its cells; Wagtail keeps it in no block.
CAPTION, COLUMN = blocks.CharBlock(label=_("Caption")), blocks.CharBlock(label=_("Column"))

Path = tuple[Any, ...]


class Leaf(NamedTuple):
    """A value that holds no other, in `holder`, a field or a block; `path` is its name in pieces."""

    path: Path
    holder: Any
    value: Any

    @property
    def name(self) -> str:
        """Return where it stands, as editors call it."""
        return "".join(map(str, self.path))

    @property
    def html(self) -> str | None:
        """Return the source of rich text, None for anything else."""
        if isinstance(self.value, RichText):
            return str(self.value.source)
        is_source = isinstance(self.holder, RichTextField | blocks.RichTextBlock)
        return self.value if is_source and isinstance(self.value, str) else None

    @property
    def model(self) -> type[models.Model] | None:
        """Return the model whose key is stored here, None where it is no key."""
        if isinstance(self.holder, ImageBlock):  # as it was stored before it had a text
            return self.holder.child_blocks["image"].model_class
        if isinstance(self.holder, blocks.ChooserBlock):
            return self.holder.model_class
        return getattr(self.holder, "related_model", None)


def fields_of(thing: models.Model) -> tuple[Any, ...]:
    """Return the fields that hold what `thing` says: its own, and those of Wagtail's that visitors meet."""
    return _fields_of(type(thing))


@cache
def _fields_of(model: type[models.Model]) -> tuple[Any, ...]:
    wagtails = {field.name for base in model.__mro__ for field in _fields_by_wagtail(base)}
    shown = (*PAGE_FIELDS, *APPEARANCE) if issubclass(model, Page) else ()
    own = (field for field in model._meta.concrete_fields if field.name not in wagtails)
    return (
        *(model._meta.get_field(name) for name in shown),
        *(field for field in own if not field.primary_key),
    )


def _fields_by_wagtail(base: type) -> Iterable[Any]:
    """Return the fields that Wagtail keeps with whatever descends from `base`: dates, locks, drafts."""
    is_wagtails = base.__module__.startswith("wagtail.models.") and hasattr(base, "_meta")
    return base._meta.local_fields if is_wagtails else ()  # type: ignore[attr-defined] # a model


def texts_of(model: type[models.Model]) -> list[Any]:
    """Return the fields of `model` that hold rich texts."""
    return [field for field in model._meta.concrete_fields if isinstance(field, RichTextField | StreamField)]


def name_of_field(field: Any) -> str:
    """Return what editors call a field."""
    return str(capfirst(str(field.verbose_name)))


def leaves_of_field(thing: models.Model, field: Any, *, stored: bool = False) -> Iterator[Leaf]:
    """Give what `thing` holds in `field`; of a relation the key."""
    name, value = name_of_field(field), getattr(thing, field.attname)
    if not isinstance(field, StreamField):
        yield from _leaf((name,), field, value)
    elif value:
        yield from leaves_of_block(name, field.stream_block, [*value.raw_data] if stored else value)


def leaves_of_block(name: str, block: Any, value: Any) -> Iterator[Leaf]:
    """Give what `block` holds, as it is shown or as it is stored; one of an unknown kind is one leaf."""
    return _leaves((name,), block, value)


def _leaves(path: Path, block: Any, value: Any) -> Iterator[Leaf]:
    match block, value:
        case blocks.BaseStreamBlock(), list() | blocks.StreamValue():
            inner = _in_stream(path, block, value)
        case blocks.BaseStructBlock(), Mapping():
            inner = _in_struct(path, block, value)
        case blocks.ListBlock(), list() | blocks.list_block.ListValue():
            inner = _in_list(path, block, value)
        case BaseTypedTableBlock(), dict() | TypedTable():
            inner = _in_table(path, block, value)
        case _:
            yield from _leaf(path, block, value)
            return
    for part in inner:
        yield from _leaves(*part)


Inner = Iterator[tuple[Path, blocks.Block, Any]]


def _in_stream(path: Path, block: Any, value: Any) -> Inner:
    for number, child in enumerate(value, start=1):
        if not isinstance(child, dict):
            yield (*path, f" {number}: ", child.block.label), child.block, child.value
        elif kind := block.child_blocks.get(child["type"]):
            yield (*path, f" {number}: ", kind.label), kind, child["value"]


def _in_struct(path: Path, block: Any, value: Mapping[str, Any]) -> Inner:
    for key, child in block.child_blocks.items():
        yield (*path, ", ", child.label), child, value.get(key)


def _in_list(path: Path, block: Any, value: Any) -> Inner:
    for number, item in enumerate(value, start=1):
        is_wrapped = isinstance(value, list) and isinstance(item, dict) and item.get("type") == "item"
        yield (*path, f" {number}"), block.child_block, item["value"] if is_wrapped else item


def _in_table(path: Path, block: Any, value: dict[str, Any] | TypedTable) -> Inner:
    """Give the caption, then row by row: the headings of the columns, then the cells."""
    stored: Any = value if isinstance(value, dict) else vars(value)
    kinds = (column.get("type") or column["block"].name for column in stored["columns"])
    columns = [*zip(kinds, (column["heading"] for column in stored["columns"]), strict=True)]
    yield (*path, ", ", CAPTION.label), CAPTION, stored.get("caption")
    for number, (_kind, heading) in enumerate(columns, start=1):
        yield (*path, ", ", COLUMN.label, f" {number}"), COLUMN, heading
    for number, row in enumerate(stored.get("row_data", stored.get("rows", ())), start=1):
        for (name, heading), cell in zip(columns, row["values"], strict=False):
            if kind := block.child_blocks.get(name):
                yield (*path, f" {number}, ", heading or kind.label), kind, cell


def _leaf(path: Path, holder: Any, value: Any) -> Iterator[Leaf]:
    if value is not None and value != "":
        yield Leaf(path, holder, value)


def lists_of(thing: models.Model) -> Iterator[tuple[Any, list[Leaf]]]:
    """Give the lists on a page, each by its relation, with the keys of what its rows point to."""
    for relation in get_all_child_relations(thing):
        if relation.name != COMMENTS_RELATION_NAME and not texts_of(relation.related_model):
            yield relation, [*_keys_in_list(thing, relation)]


def parts_of(thing: models.Model) -> Iterator[tuple[str, models.Model]]:
    """Give the rows of lists that hold texts, each by a key that is the same in every version."""
    for relation in get_all_child_relations(thing):
        if texts_of(relation.related_model):
            for row in getattr(thing, relation.get_accessor_name()).all():
                locale = getattr(row, "locale", None)
                yield f"{relation.name}.{locale.language_code if locale else row}", row


def fields_of_part(row: models.Model) -> list[Any]:
    """Return the fields that hold what a row of a list says, without those that tell it from other rows."""
    telling = {name for rule in row._meta.constraints for name in getattr(rule, "fields", ())}
    return [field for field in fields_of(row) if field.editable and field.name not in telling]


def name_of_list(relation: Any) -> str:
    """Return what editors call a list."""
    return str(capfirst(str(relation.related_model._meta.verbose_name_plural)))


def _keys_in_list(thing: models.Model, relation: Any) -> Iterator[Leaf]:
    for child in getattr(thing, relation.get_accessor_name()).all():
        for field in child._meta.concrete_fields:
            if field.is_relation and field != relation.field:
                yield from _leaf((name_of_list(relation),), field, getattr(child, field.attname))


def pointers_in(html: str) -> Iterator[tuple[str, str]]:
    """Give the kind and the key of what a stored rich text links or embeds, as often as it does."""
    if "type=" in html:
        yield from map(pointer_of, LexborHTMLParser(html).css("[linktype], [embedtype]"))


def pointer_of(node: LexborNode) -> tuple[str, str]:
    """Return the kind and the key of what an element of rich text points to, blank where there is none."""
    attributes = node.attributes
    return attributes.get("linktype") or attributes.get("embedtype") or "", attributes.get("id") or ""

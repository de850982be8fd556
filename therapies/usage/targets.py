"""What a page or snippet points to by its key: pages, files, references, and where in it each one stands.

Stored texts are read as they are: what has been deleted since is found like all the rest, without a query.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import models
from django.utils.text import capfirst
from modelcluster.models import get_all_child_relations
from selectolax.lexbor import LexborHTMLParser
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import COMMENTS_RELATION_NAME, Page

from therapies.comparing.text_fields import KINDS, fields_of

MAX_KEY_LENGTH = 18  # digits of a key


class Target(NamedTuple):
    """Something that is pointed to; `place` is the field, and the block in it, as editors call them."""

    model: type[models.Model]
    key: int
    place: str


Targets = Iterator[Target]


def targets_of(thing: models.Model) -> Targets:
    """Give what the texts, blocks, fields and lists of `thing` point to, as often as they do."""
    for field in fields_of(thing):
        name, value = capfirst(str(field.verbose_name)), getattr(thing, field.attname)
        if isinstance(field, StreamField):
            yield from _of_block(name, field.stream_block, [*value.raw_data] if value else [])
        elif isinstance(field, RichTextField):
            yield from _of_html(name, value)
        elif field.is_relation:
            yield from _of_key(name, field.related_model, value)
    for relation in get_all_child_relations(thing):
        if relation.name != COMMENTS_RELATION_NAME:
            yield from _of_children(thing, relation)


def _of_children(thing: models.Model, relation: Any) -> Targets:
    name = capfirst(str(relation.related_model._meta.verbose_name_plural))
    for child in getattr(thing, relation.get_accessor_name()).all():
        for field in child._meta.concrete_fields:
            if field.is_relation and field != relation.field:
                yield from _of_key(name, field.related_model, getattr(child, field.attname))


def _of_block(name: str, block: blocks.Block, raw: Any) -> Targets:
    """Give what a block of any kind points to, from what is stored of it."""
    if isinstance(block, ImageBlock) and isinstance(raw, int):  # as it was stored before it had a text
        block = block.child_blocks["image"]
    if isinstance(block, blocks.ChooserBlock):
        yield from _of_key(name, block.model_class, raw)
    elif isinstance(block, blocks.RichTextBlock):
        yield from _of_html(name, raw)
    else:
        for place, inner, held in _parts(name, block, raw):
            yield from _of_block(place, inner, held)


def _parts(name: str, block: blocks.Block, raw: Any) -> Iterator[tuple[str, blocks.Block, Any]]:
    """Give the blocks within a block, with what is stored of each."""
    match block, raw:
        case blocks.BaseStreamBlock(), list():
            for number, part in enumerate(raw, start=1):
                if child := block.child_blocks.get(part["type"]):
                    yield f"{name} {number}: {child.label}", child, part["value"]
        case blocks.BaseStructBlock(), dict():
            for key, child in block.child_blocks.items():
                yield f"{name}, {child.label}", child, raw.get(key)
        case blocks.ListBlock(), list():
            for number, part in enumerate(raw, start=1):
                yield f"{name} {number}", block.child_block, _item(part)


def _item(raw: Any) -> Any:
    """Return what is stored of an item of a list, without what Wagtail wraps it in."""
    is_wrapped = isinstance(raw, dict) and raw.get("type") == "item"
    return raw["value"] if is_wrapped else raw


def _of_html(name: str, html: Any) -> Targets:
    if not html or "type=" not in html:
        return
    for node in LexborHTMLParser(html).css("[linktype], [embedtype]"):
        kind = node.attributes.get("linktype") or node.attributes.get("embedtype") or ""
        if kind in KINDS:
            yield from _of_key(name, KINDS[kind](), node.attributes.get("id"))


def _of_key(name: str, model: type[models.Model], key: Any) -> Targets:
    """Give what has `key`, if that is one that a database knows."""
    if str(key or "").isdecimal() and len(str(key)) <= MAX_KEY_LENGTH:
        yield Target(Page if issubclass(model, Page) else model, int(key), name)

"""What a page or snippet shows: the words of each of its fields, with what they bring along."""

from collections.abc import Iterable, Iterator
from os.path import basename
from typing import Any, NamedTuple

from django.db import models
from django.utils.text import capfirst
from selectolax.lexbor import LexborHTMLParser
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.rich_text import RichText

from therapies.matching.html_text import words_of
from therapies.models.reference import Reference

# Of what Wagtail keeps with every page, this is what visitors and search engines see.
PAGE_FIELDS = ("title", "slug", "seo_title", "search_description")
# What rich text links or embeds by its key, and shows: the name of the attribute, then the model.
LINKED = {"document": get_document_model, "reference": lambda: Reference, "image": get_image_model}


class VisibleText(NamedTuple):
    """Words that visitors read: in which field, as editors call it, of which of the model's fields."""

    field: str
    words: str
    attribute: str


Words = Iterator[tuple[str, str]]


def visible_text_of(thing: models.Model) -> Iterator[VisibleText]:
    """Give the words of all fields that visitors may meet, in the fields' order."""
    for field in _fields_of(thing):
        name = capfirst(str(field.verbose_name))
        for place, words in _of_value(name, field, getattr(thing, field.attname)):
            yield VisibleText(place, words, field.name)


def _fields_of(thing: models.Model) -> Iterable[Any]:
    ours = [field for field in thing._meta.concrete_fields if not field.choices]
    if not isinstance(thing, Page):
        return ours
    own = [field for field in ours if not issubclass(Page, field.model)]
    return [*(thing._meta.get_field(name) for name in PAGE_FIELDS), *own]


def _of_value(name: str, field: Any, value: Any) -> Words:
    if not value:
        return
    if isinstance(field, StreamField):
        yield from _of_block(name, value.stream_block, value)
    elif isinstance(field, RichTextField):
        yield from _of_rich_text(name, value)
    elif isinstance(field, models.FileField):
        yield name, basename(value.name)
    elif isinstance(field, models.CharField | models.TextField):
        yield name, str(value)
    elif field.related_model in (get_image_model(), get_document_model()):
        yield from _of_linked(name, field.related_model, [value])


def _of_block(name: str, block: blocks.Block, value: Any) -> Words:
    """Give the words of a block of any kind; one of an unknown kind counts with all it holds as text."""
    if not value:
        return
    if isinstance(value, models.Model):  # an image's block is a struct by descent only
        yield from _of_leaf(name, value)
        return
    for part, inner, held in _parts(name, block, value):
        yield from _of_block(part, inner, held)
    if not isinstance(block, blocks.BaseStreamBlock | blocks.BaseStructBlock | blocks.ListBlock):
        yield from _of_leaf(name, value)


def _parts(name: str, block: blocks.Block, value: Any) -> Iterator[tuple[str, blocks.Block, Any]]:
    """Give the blocks within a block, with what each holds."""
    match block:
        case blocks.BaseStreamBlock():
            for number, child in enumerate(value, start=1):
                yield f"{name} {number}: {child.block.label}", child.block, child.value
        case blocks.BaseStructBlock():
            for child_name, child_block in block.child_blocks.items():
                yield f"{name}, {child_block.label}", child_block, value.get(child_name)
        case blocks.ListBlock():
            for number, item in enumerate(value, start=1):
                yield f"{name} {number}", block.child_block, item


def _of_leaf(name: str, value: Any) -> Words:
    if isinstance(value, RichText):
        yield from _of_rich_text(name, value.source)
    elif isinstance(value, AbstractImage):
        yield name, getattr(value, "contextual_alt_text", None) or ""
        yield from _titles(name, [value])
    elif isinstance(value, AbstractDocument | Reference):
        yield from _titles(name, [value])
    elif not isinstance(value, models.Model | bool | int | float):
        yield name, str(value)


def _of_rich_text(name: str, html: str) -> Words:
    yield name, words_of(html)
    for kind, keys in _linked_by(html).items():
        yield from _of_linked(name, LINKED[kind](), keys)


def _linked_by(html: str) -> dict[str, list[str]]:
    """Return the keys of what a rich text brings along, by kind."""
    if "linktype=" not in html and "embedtype=" not in html:
        return {}
    found: dict[str, list[str]] = {}
    for node in LexborHTMLParser(html).css("[linktype], [embedtype]"):
        kind = node.attributes.get("linktype") or node.attributes.get("embedtype") or ""
        key = node.attributes.get("id") or ""
        if kind in LINKED and key.isdecimal():
            found.setdefault(kind, []).append(key)
    return found


def _of_linked(name: str, model: type[models.Model], keys: Iterable[Any]) -> Words:
    yield from _titles(name, model._default_manager.filter(pk__in=[*keys]).order_by("pk"))


def _titles(name: str, things: Iterable[models.Model]) -> Words:
    for thing in things:
        for shown in visible_text_of(thing):
            yield f"{name}, “{thing}”, {shown.field}", shown.words

"""What a page or snippet shows: the words of each of its fields, with what they bring along."""

from collections.abc import Iterable, Iterator
from os.path import basename
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from therapies.content_walk import APPEARANCE, Leaf, fields_of, leaves_of_field, pointers_in, texts_of
from therapies.matching.html_text import plain_words, words_of, words_of_address
from therapies.models.document_text import DocumentText
from therapies.models.reference import Reference

# What rich text links or embeds by its key, and shows: the name of the attribute, then the model.
LINKED = {"document": get_document_model, "reference": lambda: Reference, "image": get_image_model}


class VisibleText(NamedTuple):
    """Words that visitors read: in which field, as editors call it, of which of the model's fields.

    Those of a thing that the field shows or links interrupt no reading.
    """

    field: str
    words: str
    attribute: str
    is_brought: bool = False


Words = Iterator[tuple[str, str, bool]]  # with whether something else that is shown brings them


def visible_text_of(thing: models.Model) -> Iterator[VisibleText]:
    """Give the words of all fields that visitors may meet, in the fields' order; of a PDF, its own too."""
    for field in fields_of(thing):
        if field.choices or field.name in APPEARANCE:
            continue
        for leaf in leaves_of_field(thing, field):
            for place, words, is_brought in _of_leaf(leaf):
                yield VisibleText(place, words, field.name, is_brought)
    if isinstance(thing, AbstractDocument) and (text := DocumentText.objects.of(thing)):
        yield VisibleText(_("Text of the PDF"), text.words, "file")


def flowing(thing: models.Model, shown: Iterable[VisibleText]) -> list[int]:
    """Return the places of what in `shown` visitors read on from one to the next, title first."""
    texts = {"title", *(field.name for field in texts_of(type(thing)))}
    return [
        place
        for place, one in enumerate(shown)
        if one.attribute in texts and not one.is_brought and one.words.strip()
    ]


def documents_of(thing: models.Model) -> Iterator[tuple[str, AbstractDocument]]:
    """Give the documents that `thing` shows or links, with the place of each."""
    documents = get_document_model()._default_manager
    for leaf in (leaf for field in fields_of(thing) for leaf in leaves_of_field(thing, field)):
        keys = [key for kind, key in pointers_in(leaf.html or "") if kind == "document" and key.isdecimal()]
        if isinstance(leaf.value, AbstractDocument):
            keys = [str(leaf.value.pk)]
        elif leaf.model is get_document_model():
            keys = [str(leaf.value)]
        for document in documents.filter(pk__in=keys).order_by("pk") if keys else ():
            yield leaf.name, document


def _of_leaf(leaf: Leaf) -> Words:
    if (html := leaf.html) is not None:
        yield from _of_rich_text(leaf.name, html)
    elif isinstance(leaf.holder, models.Field):
        yield from _of_field(leaf)
    else:
        yield from _of_block(leaf.name, leaf.value)


def _of_field(leaf: Leaf) -> Words:
    if isinstance(leaf.holder, models.FileField):
        yield leaf.name, basename(leaf.value.name or ""), False
    elif isinstance(leaf.holder, models.CharField | models.TextField):
        yield leaf.name, _plain(leaf.holder, str(leaf.value)), False
    elif leaf.model in (get_image_model(), get_document_model()):
        yield from _of_linked(leaf.name, leaf.model, [leaf.value])


def _of_block(name: str, value: Any) -> Words:
    """Give the words of a block that holds no other; one of an unknown kind counts with all of it as text."""
    if isinstance(value, AbstractImage):
        yield name, getattr(value, "contextual_alt_text", None) or "", False
        yield from _titles(name, [value])
    elif isinstance(value, AbstractDocument | Reference):
        yield from _titles(name, [value])
    elif not isinstance(value, models.Model | bool | int | float):
        yield name, plain_words(str(value)), False


def _plain(field: Any, text: str) -> str:
    return words_of_address(text) if isinstance(field, models.URLField) else plain_words(text)


def _of_rich_text(name: str, html: str) -> Words:
    yield name, words_of(html), False
    found: dict[str, list[str]] = {}
    for kind, key in pointers_in(html):
        if kind in LINKED and key.isdecimal():
            found.setdefault(kind, []).append(key)
    for kind, keys in found.items():
        yield from _of_linked(name, LINKED[kind](), keys)


def _of_linked(name: str, model: Any, keys: Iterable[Any]) -> Words:
    yield from _titles(name, model._default_manager.filter(pk__in=[*keys]).order_by("pk"))


def _titles(name: str, things: Iterable[models.Model]) -> Words:
    for thing in things:
        for shown in visible_text_of(thing):
            yield f"{name}, “{thing}”, {shown.field}", shown.words, True

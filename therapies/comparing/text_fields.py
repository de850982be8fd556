"""A page or snippet as passages to read and compare: each field, and each block of a body, as plain text.

Beside what is shown, a passage says where its links lead, between angle quotation marks: a link
that leads elsewhere is a change, too.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from selectolax.lexbor import LexborHTMLParser, LexborNode
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page
from wagtail.rich_text import RichText

from region_gate import clock
from therapies.guard.visible_text import LINKED, PAGE_FIELDS

KINDS = {"page": lambda: Page, **LINKED}
# Each of these begins a line of its own.
LINES = {"p", "h2", "h3", "h4", "h5", "h6", "li", "br", "hr", "blockquote"}
LINE_ENDS = re.compile(r"\s*\n\s*")
# What of Wagtail's is no text, and decides where and how long visitors meet a page.
APPEARANCE = ("show_in_menus", "go_live_at", "expire_at")
# What each of two pages has for itself, and only versions of one page share.
OWN_FIELDS = frozenset({"slug", *APPEARANCE})

Target = tuple[type[models.Model], str]
Names = dict[Target, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A field or a block of a page, as text; `key` is the same in every version and copy of the page."""

    key: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Something that a page points to; it is read as its name."""

    target: Target


@dataclass(frozen=True, slots=True)
class _Unread:
    """A passage before the names of what it points to are known."""

    key: str
    name: str
    parts: list["str | Link"]

    def read(self, names: Names) -> Passage:
        texts = (names.get(part.target, "—") if isinstance(part, Link) else part for part in self.parts)
        return Passage(self.key, self.name, LINE_ENDS.sub("\n", "".join(texts)).strip())


def passages_of(*things: models.Model, without: Collection[str] = ()) -> list[list[Passage]]:
    """Return the passages of each page or snippet, `without` some of its fields.

    The number of queries is flat, however many links they hold.
    """
    unread = [[one for one in _unread(thing) if one.key not in without] for thing in things]
    names = _names(part for page in unread for one in page for part in one.parts)
    return [[passage for one in page if (passage := one.read(names)).text] for page in unread]


def _unread(thing: models.Model) -> Iterator[_Unread]:
    for field in fields_of(thing):
        name, value = capfirst(str(field.verbose_name)), getattr(thing, field.attname)
        if isinstance(field, StreamField):
            for place, block in enumerate(value):
                key = f"{field.name}.{block.id or place}"
                yield _Unread(key, f"{name}: {block.block.label}", [*_read(block.value)])
        elif isinstance(field, RichTextField):
            yield _Unread(field.name, name, [*_read_html(value)])
        elif field.is_relation:
            yield _Unread(field.name, name, [Link((field.related_model, str(value)))] if value else [])
        else:
            shown = getattr(thing, f"get_{field.name}_display", lambda value=value: _plain(value))
            yield _Unread(field.name, name, [str(shown())])
    for relation in get_all_child_relations(thing):
        if relation.name != COMMENTS_RELATION_NAME:
            yield _of_children(thing, relation)


def _plain(value: Any) -> str:
    """Return what is neither text nor a choice as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        local = value.astimezone(ZoneInfo(clock.zone()))
        return f"{date_format(local, 'j F Y, H:i')} ({clock.zone()})"
    if isinstance(value, date):
        return date_format(value)
    return "" if value is None else str(value)


def fields_of(thing: models.Model) -> Iterable[Any]:
    """Return the fields that hold what `thing` says: its own, and those of Wagtail's that visitors see."""
    wagtails = {field.name for base in type(thing).__mro__ for field in _fields_by_wagtail(base)}
    own = [field for field in thing._meta.concrete_fields if field.name not in wagtails]
    shown = (*PAGE_FIELDS, *APPEARANCE) if isinstance(thing, Page) else ()
    return [
        *(thing._meta.get_field(name) for name in shown),
        *(field for field in own if not field.primary_key),
    ]


def _fields_by_wagtail(base: type) -> Iterable[Any]:
    """Return the fields that Wagtail keeps with whatever descends from `base`: dates, locks, drafts."""
    is_wagtails = base.__module__.startswith("wagtail.") and hasattr(base, "_meta")
    return base._meta.local_fields if is_wagtails else ()  # type: ignore[attr-defined] # a model


def _of_children(thing: models.Model, relation: Any) -> _Unread:
    """Return what a list on the page points to, each on a line of its own."""
    parts: list[str | Link] = []
    for child in getattr(thing, relation.get_accessor_name()).all():
        for field in child._meta.concrete_fields:
            value = getattr(child, field.attname)
            if value and field.is_relation and field != relation.field:
                parts += [Link((field.related_model, str(value))), "\n"]
    return _Unread(relation.name, capfirst(str(relation.related_model._meta.verbose_name_plural)), parts)


def _read(value: Any) -> Iterator["str | Link"]:
    """Give what a block of any kind holds, each part on a line of its own."""
    match value:
        case StreamValue():
            inner = [child.value for child in value]
        case StructValue():
            inner = [*value.values()]
        case ListValue():
            inner = [*value]
        case RichText():
            yield from _read_html(value.source)
            return
        case _:
            yield from _read_leaf(value)
            return
    for part in inner:
        yield from _read(part)
        yield "\n"


def _read_leaf(value: Any) -> Iterator["str | Link"]:
    if isinstance(value, models.Model):
        yield from ("‹", Link((value._meta.model, str(value.pk))), "› ")
        value = getattr(value, "contextual_alt_text", None)
    if value not in (None, ""):
        yield str(value)


def _read_html(html: str) -> Iterator["str | Link"]:
    body = LexborHTMLParser(html or "").body
    if body is not None:
        yield from _read_node(body)


def _read_node(node: LexborNode) -> Iterator["str | Link"]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text_content or ""
            continue
        if child.tag in LINES:
            yield "\n"
        yield from _read_node(child)
        yield from _read_link(child)


def _read_link(node: LexborNode) -> Iterator["str | Link"]:
    """Give where a link leads, or what an embed shows."""
    attributes = node.attributes
    kind, key = attributes.get("linktype") or attributes.get("embedtype"), attributes.get("id") or ""
    if kind in KINDS:
        yield from (" ‹", Link((KINDS[kind](), key)), "›")
    elif (address := attributes.get("href") or attributes.get("url") or "#")[0] != "#":
        yield f" ‹{address}›"


def _names(parts: Iterable["str | Link"]) -> Names:
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

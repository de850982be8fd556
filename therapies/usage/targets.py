"""What a page or snippet points to by its key: pages, files, references, and where in it each one stands.

Stored texts are read as they are: what has been deleted since is found like all the rest, without a query.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import models
from wagtail.models import Page

from therapies.comparing.text_fields import KINDS
from therapies.content_walk import Leaf, fields_of, leaves_of_field, lists_of, parts_of, pointers_in

MAX_KEY_DIGITS = 18  # that any database takes for a key


class Target(NamedTuple):
    """Something that is pointed to; `place` is the field, and the block in it, as editors call them."""

    model: type[models.Model]
    key: int
    place: str


Targets = Iterator[Target]


def targets_of(thing: models.Model) -> Targets:
    """Give what the texts, blocks, fields and lists of `thing` point to, as often as they do."""
    for field in fields_of(thing):
        for leaf in leaves_of_field(thing, field, stored=True):
            yield from _of_leaf(leaf)
    for _relation, rows in lists_of(thing):
        for leaf in rows:
            yield from _of_leaf(leaf)
    for _key, row in parts_of(thing):
        yield from targets_of(row)


def _of_leaf(leaf: Leaf) -> Targets:
    if (html := leaf.html) is not None:
        for kind, key in pointers_in(html):
            if kind in KINDS:
                yield from _of_key(leaf.name, KINDS[kind](), key)
    elif leaf.model:
        yield from _of_key(leaf.name, leaf.model, leaf.value)


def _of_key(name: str, model: type[models.Model], key: Any) -> Targets:
    """Give what has `key`, if that is one that a database knows."""
    if str(key or "").isdecimal() and len(str(key)) <= MAX_KEY_DIGITS:
        yield Target(Page if issubclass(model, Page) else model, int(key), name)

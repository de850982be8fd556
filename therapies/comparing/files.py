"""The pictures and documents of a page or snippet, passage by passage, old beside new."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from os.path import basename
from typing import Any

from django.db import models
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from therapies.content_walk import Leaf, leaves_of_block, leaves_of_field, pointers_in
from therapies.guard.visible_text import LINKED

from .text_fields import Piece, pieces_of

Key = tuple[type[models.Model], int]


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A picture or document as a passage shows it; `thing` is None where it has been deleted."""

    key: Key
    thing: Any = None
    alt: str = ""
    caption: str = ""
    is_decorative: bool = False

    @property
    def is_picture(self) -> bool:
        """Say whether it is a picture."""
        return issubclass(self.key[0], AbstractImage)

    @property
    def filename(self) -> str:
        """Return the name of its file."""
        return basename(self.thing.file.name) if self.thing else ""

    @property
    def size(self) -> int | None:
        """Return how many bytes it has, None where its file is gone."""
        try:
            return int(self.thing.file_size or self.thing.file.size)
        except OSError:
            return None


@dataclass(frozen=True, slots=True)
class FilePair:
    """A file before and after; None where it was not there."""

    old: ShownFile | None
    new: ShownFile | None

    @property
    def differs(self) -> bool:
        """Say whether anything of it has changed."""
        return self.old != self.new


def files_of(thing: models.Model) -> dict[str, list[ShownFile]]:
    """Return what each passage of `thing`, by its key, shows of pictures and documents."""
    found = {piece.key: [*_in_piece(thing, piece)] for piece in pieces_of(thing)}
    keys = [file.key for files in found.values() for file in files if file.thing is None]
    stored = {model: _stored(model, keys) for model in {key[0] for key in keys}}
    return {place: [_with_thing(file, stored) for file in files] for place, files in found.items() if files}


def pairs_of(old: Sequence[ShownFile], new: Sequence[ShownFile]) -> list[FilePair]:
    """Return the files of two versions of a passage side by side, in the order of the newer one."""
    matcher = SequenceMatcher(None, [file.key for file in old], [file.key for file in new], autojunk=False)
    steps = (
        zip_longest(old[start:end], new[first:last]) for _, start, end, first, last in matcher.get_opcodes()
    )
    return [FilePair(*pair) for step in steps for pair in step]


def _in_piece(thing: models.Model, piece: Piece) -> Iterator[ShownFile]:
    if piece.block is None:
        leaves = leaves_of_field(thing, piece.field)
    else:
        leaves = leaves_of_block("", piece.block.block, piece.block.value)
    caption = _caption_of(piece)
    for leaf in leaves:
        yield from _in_leaf(leaf, caption)


def _in_leaf(leaf: Leaf, caption: str) -> Iterator[ShownFile]:
    files = (get_image_model(), get_document_model())
    if leaf.html is not None:
        for kind, key in pointers_in(leaf.html):
            if kind in LINKED and LINKED[kind]() in files and key.isdecimal():
                yield ShownFile((LINKED[kind](), int(key)))
    elif isinstance(leaf.value, files):
        alt, is_decorative = (
            getattr(leaf.value, name, None) for name in ("contextual_alt_text", "decorative")
        )
        yield ShownFile(
            (type(leaf.value), leaf.value.pk), leaf.value, alt or "", caption, bool(is_decorative)
        )
    elif leaf.model in files and leaf.model and isinstance(leaf.value, int):
        yield ShownFile((leaf.model, leaf.value))


def _caption_of(piece: Piece) -> str:
    value: Any = piece.block.value if piece.block is not None else None
    return str(value.get("caption") or "") if hasattr(value, "get") else ""


def _stored(model: type[models.Model], keys: Iterable[Key]) -> dict[int, Any]:
    return dict(model._default_manager.in_bulk([key for kind, key in keys if kind is model]))


def _with_thing(file: ShownFile, stored: dict[type[models.Model], dict[int, Any]]) -> ShownFile:
    if file.thing is not None:
        return file
    return ShownFile(file.key, stored[file.key[0]].get(file.key[1]), file.alt, file.caption)

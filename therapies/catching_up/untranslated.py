"""A translation beside its source, passage by passage, and what of it still reads as the source does."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import models
from wagtail.models import Page

from therapies.comparing.text_fields import OWN_FIELDS, Passage, passages_of, pieces_of
from therapies.models import Product

MIN_WORDS = 2  # of which on the words of two languages hardly are the same


@dataclass(frozen=True, slots=True)
class PassagePair:
    """A passage of the source and of its translation; None where one of them has none."""

    source: Passage | None
    ours: Passage | None
    is_untranslated: bool = False

    @property
    def name(self) -> str:
        """Return what editors call the field or block."""
        passage = self.ours or self.source
        return passage.name if passage else ""


def as_read(source: Page) -> Page:
    """Return `source`, specific, as it is translated: as visitors see it, or else its latest draft."""
    return source if source.live else source.get_latest_revision_as_object()


def beside(page: Page, source: Page) -> list[PassagePair]:
    """Return the passages of `page` beside those of `source`, in the order of `page`, what it lacks last.

    A block that began as none of the source's stands beside the first of its kind that is left there.
    """
    theirs, ours = passages_of(source, page, without=OWN_FIELDS)
    texts, names, left = _texts(page), _words_of_names(), {one.key: one for one in theirs}
    found = {one.key: left.pop(one.key) for one in ours if one.key in left}
    for one in ours:
        alike = next((other.key for other in left.values() if other.name == one.name), None)
        if one.key not in found and alike is not None:
            found[one.key] = left.pop(alike)
    pairs = [(found.get(one.key), one) for one in ours]
    read = [PassagePair(other, one, one.key in texts and _is_same(other, one, names)) for other, one in pairs]
    return [*read, *(PassagePair(one, None) for one in left.values())]


def untranslated(page: Page, source: Page) -> list[str]:
    """Return the names of the passages of `page` that still read as those of `source`."""
    return [pair.name for pair in beside(page, source) if pair.is_untranslated]


def _texts(page: Page) -> set[str]:
    """Return the keys of the passages that people write: no dates, choices or pointers."""
    return {piece.key for piece in pieces_of(page) if piece.block is not None or _is_text(piece.field)}


def _is_text(field: models.Field) -> bool:
    return isinstance(field, models.CharField | models.TextField) and not field.choices


def _is_same(source: Passage | None, ours: Passage, names: Collection[str]) -> bool:
    """Say whether two passages have the same words, and others than names of products."""
    if source is None or source.text != ours.text:
        return False
    words = ours.text.split()
    return len(words) >= MIN_WORDS and any(word.islower() and word not in names for word in words)


def _words_of_names() -> set[str]:
    return {word.strip(",;") for name in _names() for word in name.lower().split()}


def _names() -> Iterator[str]:
    fields = ("name", "further_names", "generic_names")
    for names in Product.objects.values_list(*fields):
        yield from map(str, names)

"""What the guard does not refuse and a person should see: near names, generic descriptions, unread PDFs."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _

from therapies.models import DocumentText, Product

from .visible_text import documents_of, visible_text_of


@dataclass(frozen=True, slots=True)
class Remark:
    """Something for an editor or reviewer to decide about: `written` in the field that is called `place`."""

    written: str
    place: str
    reason: str


def remarks_on(thing: models.Model) -> list[Remark]:
    """Return what a person should look at in `thing`, each once, in the order in which visitors meet it."""
    return [*dict.fromkeys([*_names_in(thing), *_unread_in(thing)])]


def _names_in(thing: models.Model) -> Iterator[Remark]:
    watched = Product.objects.watched()
    near, standing = watched.near_names(), watched.standing_names()
    for shown in visible_text_of(thing):
        for match in near.find(shown.words):
            yield Remark(match.written, shown.field, _("This resembles “%(name)s”.") % {"name": match.name})
        for found in standing.find(shown.words):
            reason = _("This describes a product without its brand, which legal lets stand.")
            yield Remark(found.name, shown.field, reason)


def _unread_in(thing: models.Model) -> Iterator[Remark]:
    for place, document in documents_of(thing):
        text = DocumentText.objects.of(document)
        if text and text.problem:
            reason = _("The words of this PDF could not be read (%(problem)s): read it yourself.")
            yield Remark(str(document), place, reason % {"problem": text.problem})

"""Refuses to delete, to replace and to take away what is held, by whichever way."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Revision

from home.exceptions import RefusedError, named
from home.models import Region
from home.ownership import above
from therapies.models import Reference
from therapies.usage.uses import is_shown_in

from .held import Held, held_now
from .held_rows import RULES, held_rows, rule_of
from .models import LegalHold

SHOWN_KINDS = (get_document_model(), get_image_model(), Reference)


def is_held(thing: Model) -> bool:
    """Say whether a hold keeps `thing`: what it names, what belongs to that, or what its drafts show."""
    rows = held_rows(type(thing))
    if rows is None:
        return False
    return type(thing)._base_manager.filter(rows, pk=thing.pk).exists() or _is_shown(thing)


def holds_on(thing: Model, holds: Iterable[LegalHold]) -> list[LegalHold]:
    """Return those of `holds` that keep `thing` by what it is, whatever its drafts show."""
    rule, rows = rule_of(type(thing)), type(thing)._base_manager.filter(pk=thing.pk)
    return [hold for hold in holds if rule and rows.filter(rule(Held.by([hold]))).exists()]


def check_deletion(thing: Model) -> None:
    """Raise RefusedError where `thing` is held."""
    if is_held(thing):
        words = _("%(thing)s is under a legal hold, so it is not deleted. Only the legal team ends a hold.")
        raise RefusedError(words % {"thing": named([thing])})


def check_file(thing: Any) -> None:
    """Raise RefusedError where saving `thing`, an image or a document, would take away what is held of it."""
    stored = type(thing)._base_manager.filter(pk=thing.pk).first() if thing.pk else None
    if stored is None or (stored.file == thing.file and stored.collection_id == thing.collection_id):
        return
    if is_held(stored):
        words = _(
            "%(thing)s is under a legal hold, so its file and its collection stay. Add a new one beside it."
        )
        raise RefusedError(words % {"thing": named([stored])})


def check_stay(things: Iterable[Any]) -> None:
    """Raise RefusedError where one of `things`, which would be moved to another collection, is held."""
    if found := [thing for thing in things if is_held(thing)]:
        words = _("Under a legal hold, and so not moved: %(things)s.")
        raise RefusedError(words % {"things": named(found)})


def check_move(page: Page, parent: Page) -> None:
    """Raise RefusedError where `page`, moved below `parent`, would leave what is held."""
    held = held_now()
    if held and _places(held, page.path) - _places(held, parent.path) - {("page", page.pk)}:
        words = _("%(page)s is under a legal hold, so it is not moved out of what is held.")
        raise RefusedError(words % {"page": named([page])})


def _places(held: Held, path: str) -> set[tuple[str, int]]:
    """Return the held region and the held pages that the place `path` in the tree is in."""
    pages = Page.objects.filter(path__in=above(path), pk__in=held.pages).values_list("pk", flat=True)
    region = Region.objects.owning(path)
    is_in_region = region is not None and region.pk in held.regions
    return {("page", pk) for pk in pages} | ({("region", region.pk)} if is_in_region and region else set())


def _is_shown(thing: Model) -> bool:
    """Say whether a draft that is held shows `thing`."""
    held = held_now()
    if held is None or not isinstance(thing, SHOWN_KINDS):
        return False
    return is_shown_in(thing, Revision.objects.filter(RULES[Revision](held)))

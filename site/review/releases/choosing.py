"""Pages and snippets to choose from for a release: what its people may add, by their titles."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Q
from django.utils.text import capfirst
from wagtail.models import Page

from home.models import Region, RegionHomePage
from home.ownership import owned_by

from ..regions import region_of
from ..release_models import Release, ReleaseItem, base_type_of
from .parts import PART_MODELS
from .permissions import may_add

MAX_CHOICES = 50  # at once; the words narrow them


@dataclass(frozen=True)
class PartChoice:
    """Something that may be added: `held_by` is the release that holds it already, if one does."""

    thing: Any
    region: Region | None
    held_by: Release | None

    @property
    def value(self) -> str:
        """Return what the form sends for it."""
        return f"{base_type_of(self.thing).pk}:{self.thing.pk}"

    @property
    def title(self) -> str:
        """Return its name as in its latest draft."""
        draft = self.thing.latest_revision
        return str(draft.object_str if draft else self.thing)

    @property
    def has_draft(self) -> bool:
        """Say whether it has words that visitors do not see."""
        return bool(self.thing.has_unpublished_changes or not self.thing.live)


def kinds() -> list[tuple[str, str]]:
    """Return what may be added, by the names of the models."""
    return [
        (model._meta.model_name or "", capfirst(str(model._meta.verbose_name_plural)))
        for model in PART_MODELS
    ]


def choices(release: Release, user: Any, kind: str, words: str) -> list[PartChoice]:
    """Return what `user` may add of this kind, at most `MAX_CHOICES`, drafts first."""
    found = (thing for thing in _things(release, kind, words) if may_add(release, thing, user))
    return [_choice(thing) for thing in islice(found, MAX_CHOICES)]


def chosen(value: str) -> Any:
    """Return the page or snippet that the form means by `value`. Raises LookupError for anything else."""
    number, _colon, pk = value.partition(":")
    for model in PART_MODELS:
        if str(base_type_of(model()).pk) == number:
            found: Any = model._default_manager.filter(pk=pk).first() if pk.isdigit() else None
            if found is not None:
                return found.specific if isinstance(found, Page) else found
    raise LookupError(value)


def _things(release: Release, kind: str, words: str) -> Iterator[Any]:
    model: Any = next((one for one in PART_MODELS if one._meta.model_name == kind), PART_MODELS[0])
    if model is Page:
        homes = RegionHomePage.objects.filter(region__in=release.regions.all()).by_path()
        pages = Page.objects.filter(owned_by(homes), latest_revision__isnull=False, alias_of=None)
        named = pages.filter(Q(title__icontains=words) | Q(draft_title__icontains=words))
        ordered = named.order_by("-has_unpublished_changes", "path").select_related("latest_revision")
        yield from ordered.specific().iterator(chunk_size=MAX_CHOICES)
        return
    things: Any = model._default_manager.filter(latest_revision__isnull=False)
    for thing in things.select_related("latest_revision").order_by("-has_unpublished_changes", "pk"):
        if words.lower() in str(thing).lower():
            yield thing


def _choice(thing: Any) -> PartChoice:
    item = ReleaseItem.objects.holding(thing)
    return PartChoice(thing, region_of(thing), item.release if item else None)

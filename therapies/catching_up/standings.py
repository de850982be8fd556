"""How pages stand to their sources: in step or behind, since when, and how urgently."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from wagtail.models import Page

from therapies.models import CatchUp, SourceChange

from .families import Following, adaptations, sources_of

FEW = 100  # pages that are asked for by name; of more, everything is read


class SourceStanding(NamedTuple):
    """How a page stands to its source; `since` is the first change that it has not taken over."""

    page: int
    source: int
    is_translation: bool
    since: datetime | None = None
    is_urgent: bool = False

    @property
    def is_behind(self) -> bool:
        """Say whether the source has changed since."""
        return self.since is not None


def standings(following: Iterable[Following]) -> list[SourceStanding]:
    """Return how each of `following` stands, in two queries however many they are.

    A page about which nobody has decided anything is behind every change there is.
    """
    found = [*following]
    done: dict[tuple[int, int | None], datetime] = {}
    taken = CatchUp.objects.in_effect().order_by("in_effect_since", "pk")
    published = SourceChange.objects.published().filter(page__live=True).order_by("at")
    if len(found) <= FEW:
        taken = taken.filter(page__in={one.page for one in found})
        published = published.filter(page__in={one.source for one in found})
    for page, source, up_to in taken.values_list("page_id", "source_id", "up_to"):
        done[page, source] = up_to
    changes: dict[int, list[tuple[datetime, bool]]] = {}
    for source, at, is_urgent in published.values_list("page_id", "at", "is_urgent"):
        if at:
            changes.setdefault(source, []).append((at, is_urgent))
    return [_standing(one, done.get(one[:2]), changes.get(one.source, [])) for one in found]


def _standing(one: Following, up_to: datetime | None, changes: list[tuple[datetime, bool]]) -> SourceStanding:
    missed = [(at, is_urgent) for at, is_urgent in changes if up_to is None or at > up_to]
    if not missed:
        return SourceStanding(*one)
    return SourceStanding(*one, missed[0][0], any(is_urgent for _at, is_urgent in missed))


def standings_of(page: Page) -> list[SourceStanding]:
    """Return how `page` stands to each of its sources."""
    return standings(sources_of(page))


def all_behind(translations: Iterable[Following]) -> list[SourceStanding]:
    """Return what is behind of `translations` and of all adaptations, the urgent first, then the oldest."""
    behind = (one for one in standings([*translations, *adaptations()]) if one.is_behind)
    return sorted(behind, key=lambda one: (not one.is_urgent, one.since, one.page))

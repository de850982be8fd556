"""The matrix of pages × languages: for each page of a region, how it stands in each of its languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from home.models import Region, RegionHomePage
from home.ownership import owned_by, owner_at

from .families import FamilyMember, adaptations, families, members, translations_in
from .standings import SourceStanding, standings

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class PageStatus(TextChoices):
    """How a page stands in a language, the worst first."""

    URGENT = "urgent", _("Behind a safety change")
    BEHIND = "behind", _("Behind its source")
    MISSING = "missing", _("Missing")
    DRAFT = "draft", _("Not published")
    IN_STEP = "in-step", _("In step")


@dataclass(frozen=True, slots=True)
class PageCell:
    """A page in a language; without a page where it is missing there."""

    language: str
    status: PageStatus
    member: FamilyMember | None = None
    standing: SourceStanding | None = None

    @property
    def word(self) -> "StrOrPromise":
        """Return its status in words."""
        return self.status.label

    @property
    def since(self) -> datetime | None:
        """Return since when it is behind."""
        return self.standing.since if self.standing else None

    @property
    def title(self) -> str:
        """Return how the page is called, by its draft where it is not published."""
        return (self.member.title if self.member.live else self.member.draft_title) if self.member else ""


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page in all languages of its region; `cells` are in the order of the matrix's languages."""

    region: Region
    source: FamilyMember
    cells: tuple[PageCell | None, ...]

    @property
    def title(self) -> str:
        """Return how the source is called."""
        return self.source.title if self.source.live else self.source.draft_title


def page_matrix(regions: Iterable[Region]) -> tuple[list[str], list[PageRow]]:
    """Return the languages, and the pages of `regions` in the tree's order, in a flat number of queries."""
    homes = _homes(regions)
    found = members(_pages_below(homes))
    following = [*translations_in(found), *adaptations()]
    behind = _worst(one for one in standings(following) if one.is_behind)
    spoken: dict[int, set[str]] = {}
    for home in homes.values():
        spoken.setdefault(home.region_id, set()).add(home.locale.language_code)
    languages = [code for code, _name in settings.LANGUAGES if any(code in each for each in spoken.values())]
    rows = [
        _row(place.region, family, languages, spoken[place.region_id], behind)
        for family in families(found)
        if (place := owner_at(family[0].path, homes))
    ]
    return languages, sorted(rows, key=lambda row: row.source.path)


def _homes(regions: Iterable[Region]) -> dict[str, RegionHomePage]:
    return RegionHomePage.objects.filter(region__in=[*regions]).select_related("locale").by_path()


def _pages_below(homes: dict[str, RegionHomePage]) -> QuerySet[Page]:
    return Page.objects.filter(owned_by(homes))


def _worst(found: Iterable[SourceStanding]) -> dict[int, SourceStanding]:
    """Return the most urgent standing of each page that is behind, else the oldest."""
    ordered = sorted(found, key=lambda one: (one.is_urgent, -one.since.timestamp() if one.since else 0))
    return {one.page: one for one in ordered}


def _row(
    region: Region,
    family: list[FamilyMember],
    languages: list[str],
    spoken: set[str],
    behind: dict[int, SourceStanding],
) -> PageRow:
    by_language = {one.language: one for one in reversed(family)}
    cells = (
        _cell(code, by_language.get(code), behind) if code in spoken or code in by_language else None
        for code in languages
    )
    return PageRow(region, family[0], tuple(cells))


def _cell(language: str, member: FamilyMember | None, behind: dict[int, SourceStanding]) -> PageCell:
    if member is None:
        return PageCell(language, PageStatus.MISSING)
    standing = behind.get(member.pk)
    if standing:
        status = PageStatus.URGENT if standing.is_urgent else PageStatus.BEHIND
        return PageCell(language, status, member, standing)
    return PageCell(language, PageStatus.IN_STEP if member.live else PageStatus.DRAFT, member)

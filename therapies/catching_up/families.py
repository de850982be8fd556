"""Which page another one follows: its source, in its own region or in another.

A page's translations follow the one in the site's default language, or the first of them where it has
none. Only what is live is followed, so that no draft hides what the others are behind; as long as none is
live, the same holds of the drafts. An adaptation follows the page that it began as.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from wagtail.models import Page

from therapies.models import Adaptation


class FamilyMember(NamedTuple):
    """A page among its translations, as far as it is asked what follows what."""

    pk: int
    key: str
    language: str
    path: str
    title: str
    draft_title: str
    live: bool
    revision: int | None
    alias_of: int | None


class Following(NamedTuple):
    """That a page follows another, its source."""

    page: int
    source: int
    is_translation: bool


FIELDS = (
    "pk",
    "translation_key",
    "locale__language_code",
    "path",
    "title",
    "draft_title",
    "live",
    "latest_revision_id",
    "alias_of_id",
)


def members(pages: QuerySet[Page]) -> list[FamilyMember]:
    """Return what is to be known of `pages`, in the tree's order."""
    return [FamilyMember(*values) for values in pages.order_by("path").values_list(*FIELDS)]


def families(found: Iterable[FamilyMember]) -> list[list[FamilyMember]]:
    """Return the families that `found` is made of, the source first in each."""
    ordered = sorted(found, key=_place)
    return [[*family] for _key, family in groupby(ordered, key=lambda one: one.key)]


def _place(one: FamilyMember) -> tuple[str, bool, bool, int]:
    return str(one.key), not one.live, one.language != settings.LANGUAGE_CODE, one.pk


def translations_in(found: Iterable[FamilyMember]) -> list[Following]:
    """Return which of `found`, whole families, follow which. An alias changes with its page by itself."""
    return [
        Following(one.pk, source.pk, is_translation=True)
        for source, *others in families(found)
        for one in others
        if one.alias_of is None
    ]


def adaptations(**where: object) -> list[Following]:
    """Return which adaptations follow which pages, as long as everybody may read those."""
    rows = Adaptation.objects.filter(source__in=Page.objects.live().public(), **where)
    return [Following(*pair, is_translation=False) for pair in rows.values_list("page_id", "source_id")]


def family_of(page: Page) -> list[FamilyMember]:
    """Return the members of the family of `page`."""
    return members(Page.objects.filter(translation_key=page.translation_key))


def sources_of(page: Page) -> list[Following]:
    """Return what `page` follows."""
    own = (one for one in translations_in(family_of(page)) if one.page == page.pk)
    return [*own, *adaptations(page=page.pk)]


def followers_of(page: Page) -> list[Following]:
    """Return what follows `page`."""
    own = (one for one in translations_in(family_of(page)) if one.source == page.pk)
    return [*own, *adaptations(source=page.pk)]

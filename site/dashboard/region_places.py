"""A person's own regions, and where in the admin each of them is looked after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder

from home.access import EDITORS, LEGAL, is_in_team_at, own_homes
from home.models import Region, RegionHomePage
from home.models.frame import FRAME_TAB
from therapies.formatting import language_name


@dataclass(frozen=True, slots=True)
class LanguagePlace:
    """A region's tree in one language.

    `frame` is where its menus and contact are composed, blank for whoever may not edit them; `order` is
    where its pages are put in order, blank for whoever may not.
    """

    language: str
    tree: str
    frame: str
    order: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class RegionPlace:
    """A region with its trees; `contact` is where its own details are changed, blank for whoever may not."""

    region: Region
    languages: list[LanguagePlace]
    contact: str


def region_places(user: Any) -> list[RegionPlace]:
    """Return the regions that `user` works for, each with its trees, in the regions' order."""
    keys = [home.pk for home in own_homes(user)]
    return [*_places(RegionHomePage.objects.in_order().filter(pk__in=keys), user)]


def _places(homes: Iterable[RegionHomePage], user: Any) -> Iterator[RegionPlace]:
    finder = AdminURLFinder(user)
    for region, found in groupby(homes, key=lambda home: home.region):
        languages = [_language_place(home, user) for home in found]
        yield RegionPlace(region, languages, finder.get_edit_url(region) or "")


def _language_place(home: RegionHomePage, user: Any) -> LanguagePlace:
    may_edit, may_order = (is_in_team_at(home.path, user, role) for role in (EDITORS, LEGAL))
    editor = reverse("wagtailadmin_pages:edit", args=[home.pk])
    return LanguagePlace(
        language_name(home.locale.language_code),
        reverse("wagtailadmin_explore", args=[home.pk]),
        f"{editor}#{FRAME_TAB}" if may_edit else "",
        reverse("order_pages", args=[home.pk]) if may_order else "",
        home.live,
    )

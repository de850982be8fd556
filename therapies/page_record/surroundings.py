"""Puts on record what all pages of a region show of it around their own content: header, menu and footer."""

import json
from datetime import timedelta
from functools import partial
from threading import local
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from wagtail.models import Page
from wagtail.query import PageQuerySet

from home.models import RegionHomePage, RegionSelectorPage
from home.models.frame import FrameMixin
from home.models.region import HOME_DEPTH
from home.ownership import owned_by
from region_gate import clock
from region_gate.constancy import constant
from region_gate.models import Edition
from therapies.models import Publication, Statement
from therapies.models.publication_record import Why

from .pages import settle

# On record before others may change what visitors see.
PAGES_AT_ONCE = 20
FRAME = tuple(field.name for field in FrameMixin._meta.get_fields())
_here = local()  # in each thread, by region, the requests that wait for its transaction to be committed


class Place(NamedTuple):
    """What the other pages of a region show of one that is in their navigation."""

    title: str
    url: str
    show_in_menus: bool
    show_in_footer: bool
    frame: str


def changes_navigation(entry: Publication) -> bool:
    """Say whether other pages show the page of `entry` otherwise than by its entry before.

    Nothing is known of a page without one: the first publication of a page is no change of it.
    """
    return entry.before is not None and _place(entry.before) != _place(entry)


def has_a_place(page: Page) -> bool:
    """Say whether `page` stands in its region's navigation: as home page, or in the menu or footer."""
    is_shown = page.show_in_menus or getattr(page, "show_in_footer", False)
    return page.depth == HOME_DEPTH or (page.depth == HOME_DEPTH + 1 and is_shown)


def settle_later(region: int) -> None:
    """Put the pages of the region numbered so on record, once, when all is committed.

    What goes live later goes on record by itself, so where nothing is live there is nothing to do.
    """
    if not live_pages(region).exists():
        return
    request = object()
    _waiting(region).add(request)
    transaction.on_commit(partial(_settle_once, region, request), robust=True)


def settle_region(region: int) -> None:
    """Put on record what the live pages of the region numbered so show, and the selectors, which list it."""
    selectors = Page.objects.live().filter(pk__in=RegionSelectorPage.objects.values("pk"))
    numbers = [*live_pages(region).values_list("pk", flat=True), *selectors.values_list("pk", flat=True)]
    for first in range(0, len(numbers), PAGES_AT_ONCE):
        _settle_at_once(numbers[first : first + PAGES_AT_ONCE])


@transaction.atomic
def _settle_at_once(numbers: list[int]) -> None:
    """Put these pages on record while nobody changes what visitors see: what they share is found once."""
    Edition.lock()
    with constant():
        for number in numbers:
            settle(number, Why.CHANGED, thoroughly=True)


def regions_with_dated_statements() -> list[int]:
    """Return the regions in which a statement began or ended by its date within the last week.

    Entries from before statements were on record themselves hold what stood on the day they were made, and
    no signal tells of another day; a night's run may have been missed.
    """
    today = clock.today()
    week = (today - timedelta(days=7), today)
    dated = Statement.objects.filter(Q(starts__range=week) | Q(withdrawn_on__range=week), live=True)
    return [*dated.order_by("region").values_list("region", flat=True).distinct()]


def live_pages(region: int) -> PageQuerySet:
    """Return the live pages of the region numbered so."""
    theirs = owned_by(RegionHomePage.objects.filter(region=region).values_list("path", flat=True))
    return Page.objects.live().filter(theirs)


def _waiting(region: int) -> set[object]:
    regions: dict[int, set[object]] = _here.__dict__.setdefault("regions", {})
    return regions.setdefault(region, set())


def _settle_once(region: int, request: object) -> None:
    """Settle the region for all who asked; a request that was rolled back never comes here."""
    waiting = _waiting(region)
    if request in waiting:
        waiting.clear()
        settle_region(region)


def _place(entry: Publication) -> Place | None:
    """Return the place that `entry` gives its page in the navigation, None where it has none."""
    content: dict[str, Any] = json.loads(entry.content or "{}")
    is_shown = content.get("show_in_menus") or content.get("show_in_footer")
    depth = content.get("depth")
    if not (depth == HOME_DEPTH or (depth == HOME_DEPTH + 1 and is_shown)):
        return None
    in_menus, in_footer = (bool(content.get(name)) for name in ("show_in_menus", "show_in_footer"))
    frame = [content.get(name) for name in FRAME] if depth == HOME_DEPTH else []
    return Place(entry.title, entry.url, in_menus, in_footer, json.dumps(frame))

"""Who may see, put together and decide a release: the people of its regions, legal of all of them."""

from typing import Any

from wagtail.models import Page

from home.models import Region
from therapies.reports.permissions import Reach, reach_of

from ..regions import region_of
from ..release_models import Release, ReleaseQuerySet


def own_regions(user: Any) -> list[Region]:
    """Return the regions whose releases `user` has to do with."""
    return reach_of(user).own


def visible(user: Any) -> ReleaseQuerySet:
    """Return the releases that `user` may see, and change as long as they may change."""
    reach = reach_of(user)
    theirs = [
        release.pk
        for release in Release.objects.prefetch_related("regions")
        if _is_within({region.pk for region in release.regions.all()}, reach)
    ]
    return Release.objects.filter(pk__in=theirs)


def may_span(regions: set[int], user: Any) -> bool:
    """Say whether `user` may have a release for these regions: for several, as legal in each of them."""
    return _is_within(regions, reach_of(user))


def may_decide(release: Release, user: Any) -> bool:
    """Say whether `user` may put the release on the schedule, live or to an end: legal of all its regions."""
    return _numbers(release) <= reach_of(user).legal


def may_add(release: Release, thing: Any, user: Any) -> bool:
    """Say whether `user` may make `thing` a part of the release: it is of its regions, and theirs to change.

    What belongs to no region is for whoever may change it anyway.
    """
    region, reach = region_of(thing), reach_of(user)
    if region is not None and region.pk not in _numbers(release):
        return False
    if isinstance(thing, Page):
        return _may_change_page(thing, region, reach, user)
    label = thing._meta
    may_change = user.has_perm(f"{label.app_label}.change_{label.model_name}")
    return may_change and (region is None or region.pk in reach.legal)


def _may_change_page(page: Page, region: Region | None, reach: Reach, user: Any) -> bool:
    if region is None:
        return reach.is_whole
    return region.pk in reach.legal or page.permissions_for_user(user).can_edit()


def _is_within(regions: set[int], reach: Reach) -> bool:
    if not regions:
        return False
    own = reach.legal | reach.written if len(regions) == 1 else reach.legal
    return regions <= own


def _numbers(release: Release) -> set[int]:
    return set(release.regions.values_list("pk", flat=True))

"""What a change of a required statement will mean: the pages that say it, or no longer do."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.query import PageQuerySet

from home.models import RegionHomePage
from home.ownership import owned_by
from therapies.formatting import written
from therapies.models import Statement, StatementPlace

from .change import PendingChange
from .groups import ImpactGroup, Places


def groups(change: PendingChange) -> Iterator[ImpactGroup]:
    """Yield the live pages that will say it, those that say the same still, and those that lose it."""
    before, after, on = change.before, change.after, change.on
    first = max(on, after.starts or on) if after else on
    found = _pages(after) if after and after.is_in_force(first) else []
    lost = {page.pk: page for page in _pages(before)} if before and before.is_in_force(on) else {}
    if found:
        yield _showing(change, found, first)
    if left := [page for key, page in lost.items() if key not in {page.pk for page in found}]:
        yield _leaving(left, on)
    if after and after.withdrawn_on and found:
        yield _leaving(found, after.withdrawn_on)
    if not (found or left):
        yield ImpactGroup(_("No live page says it."))


def _showing(change: PendingChange, pages: list[Page], first: date) -> ImpactGroup:
    if change.says_the_same:
        heading = _("Live pages that say it, in the same words as before")
    else:
        heading = _("Live pages that say it, in these words from %(day)s on") % {"day": written(first)}
    return ImpactGroup(heading, [Places().row(page, "") for page in pages])


def _leaving(pages: list[Page], day: date) -> ImpactGroup:
    heading = _("Live pages that no longer say it from %(day)s on") % {"day": written(day)}
    return ImpactGroup(heading, [Places().row(page, "", is_ended=True) for page in pages])


def _pages(statement: Statement) -> list[Page]:
    """Return the live pages that `statement` stands on while it does, in the tree's order."""
    return [*_of_place(statement, _of_region(statement)).select_related("locale").order_by("path").distinct()]


def _of_region(statement: Statement) -> PageQuerySet:
    homes = RegionHomePage.objects.filter(region=statement.region_id).by_path()
    return Page.objects.live().filter(owned_by(homes))


def _of_place(statement: Statement, pages: PageQuerySet) -> PageQuerySet:
    if statement.place == StatementPlace.FOOTER:
        return pages
    if statement.product_id:
        return pages.filter(mentions__product=statement.product_id)
    return pages.filter(mentions__isnull=False)

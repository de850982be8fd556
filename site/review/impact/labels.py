"""What a change of a label will mean: the pages that show it, whose approval is older, and that it allows."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision
from wagtail.query import PageQuerySet

from home.models import RegionHomePage
from home.ownership import owned_by
from therapies.formatting import written
from therapies.guard.label_check import named_in
from therapies.models import EndingChoice, Label

from ..models import Approval
from .change import PendingChange
from .groups import ImpactGroup, ImpactRow, Places, joined


def groups(change: PendingChange) -> Iterator[ImpactGroup]:
    """Yield what happens to the live pages that name the product, and to those on the schedule."""
    label, places = change.thing, Places()
    pages = [*pages_naming(label)]
    first, end = first_day(change), last_day(change)
    if not pages:
        values = {"product": label.product, "region": label.region}
        yield ImpactGroup(_("No live page of %(region)s names %(product)s.") % values)
    if pages and first:
        yield _showing(change, pages, first, places)
    if pages and end:
        yield _ending(change, pages, end, places)
    if scheduled := [*_scheduled(label, places)]:
        yield ImpactGroup(_("Pages on the schedule that name it"), scheduled)


def pages_naming(label: Label) -> PageQuerySet:
    """Return the live pages of the label's region that name its product, in the tree's order."""
    theirs = owned_by(RegionHomePage.objects.filter(region=label.region_id).by_path())
    named = Page.objects.live().filter(theirs, mentions__product=label.product_id)
    return named.select_related("locale").order_by("path")


def first_day(change: PendingChange) -> date | None:
    """Return the day from which pages show the label as it would be; None where they never do."""
    label = change.after
    if label is None or label.effective_from is None:
        return None
    day: date = max(change.on, label.effective_from)
    return day if label.is_in_force(day) else None


def last_day(change: PendingChange) -> date | None:
    """Return the first day on which the change leaves pages without any label; None where there is none."""
    label, before = change.after, change.before
    days = [change.on] if before and before.is_in_force(change.on) else []
    if label and label.withdrawn_on and label.withdrawn_on > change.on and first_day(change):
        days.append(label.withdrawn_on)
    return next((day for day in days if not _is_allowed(change, day)), None)


def _is_allowed(change: PendingChange, day: date) -> bool:
    thing = change.thing
    others = Label.objects.in_force(day).filter(product=thing.product_id, region=thing.region_id)
    is_allowed = bool(change.after and change.after.is_in_force(day))
    return is_allowed or others.exclude(pk=thing.pk).exists()


def _showing(change: PendingChange, pages: list[Page], first: date, places: Places) -> ImpactGroup:
    heading = _("Live pages that show it, in these words from %(day)s on") % {"day": written(first)}
    if change.says_the_same:
        return ImpactGroup(_("Live pages that show it, in the same words as before"), _plain(pages, places))
    approvals = _approvals(change.thing)
    rows = [places.row(page, _age(approvals.get(page.pk))) for page in pages]
    return ImpactGroup(heading, rows)


def _plain(pages: Iterable[Page], places: Places) -> list[ImpactRow]:
    return [places.row(page, "") for page in pages]


def _approvals(label: Label) -> dict[int | None, Approval]:
    """Return the approvals under which pages that name the product are live, by the pages' keys."""
    shown = Approval.objects.filter(revision=F("page__live_revision"))
    return {approval.page_id: approval for approval in shown.filter(page__mentions__product=label.product_id)}


def _age(approval: Approval | None) -> str:
    if approval is None:
        return _("No approval code stands on it.")
    values = {"code": approval.code, "day": written(approval.approved_at)}
    return _("Its approval %(code)s, of %(day)s, is older than these words.") % values


def _ending(change: PendingChange, pages: list[Page], end: date, places: Places) -> ImpactGroup:
    heading = _("Live pages that no label allows to name it from %(day)s on") % {"day": written(end)}
    region = change.thing.region_id
    is_kept = _has_ended(change, end) and bool(EndingChoice.objects.keeping([region]))
    return ImpactGroup(heading, [fate(page, places, is_kept=is_kept) for page in pages])


def _has_ended(change: PendingChange, end: date) -> bool:
    """Say whether the label itself will have been withdrawn by `end`: one taken down never was."""
    label = change.after
    return bool(label and label.withdrawn_on and label.withdrawn_on <= end)


def fate(page: Page, places: Places, reason: str = "", *, is_kept: bool = False) -> ImpactRow:
    """Return the row of a live page that is left without a label, which says what becomes of it."""
    home = places.home_of(page)
    if is_kept:
        stays = _("It stays up, with the label’s last safety information, marked as withdrawn.")
        return places.row(page, joined(reason, stays), is_ended=True)
    if home and home.pk == page.pk:
        stays = _(
            "It is the region’s home page and stays live, but visitors are not shown it until the name is "
            "removed by hand."
        )
        return places.row(page, joined(reason, stays), is_seen=False)
    return places.row(page, joined(reason, _("It comes down.")), is_seen=False)


def _scheduled(label: Label, places: Places) -> Iterator[ImpactRow]:
    """Yield the pages of the region of which a draft that names the product waits for its moment."""
    kind = ContentType.objects.get_for_model(Page)
    waiting = Revision.objects.filter(approved_go_live_at__isnull=False, base_content_type=kind)
    theirs = owned_by(RegionHomePage.objects.filter(region=label.region_id).by_path())
    pages = Page.objects.filter(theirs).select_related("locale").in_bulk([int(r.object_id) for r in waiting])
    for revision in waiting.order_by("approved_go_live_at"):
        page = pages.get(int(revision.object_id))
        if page and any(one.product == label.product_id for one in named_in(revision.as_object())):
            moment = date_format(revision.approved_go_live_at, "DATETIME_FORMAT")
            yield places.row(page, _("Goes live on %(moment)s.") % {"moment": moment}, is_seen=page.live)

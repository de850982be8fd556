"""Approval codes that a label's new words make old: the pages that show it are approved anew with it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from home.exceptions import RefusedError
from home.models import RegionHomePage
from home.ownership import owned_by
from region_gate import clock
from region_gate.models import Edition
from region_gate.signoff import lasting_name
from therapies.editing.edits import is_outdated, says_the_same
from therapies.models import Label
from therapies.models.in_force import Force, force_of

from ..release_models import LeftOutPage, Release, ReleaseItem, base_type_of
from .history import LEFT_OUT
from .parts import add, check_may_change


def pages_showing(release: Release) -> list[Page]:
    """Return the live pages that show a label which the release changes, in the tree's order.

    Not their aliases, which have the code of the page that they show.
    """
    found: dict[int, Page] = {}
    for label in _changed_labels(release):
        theirs = owned_by(RegionHomePage.objects.filter(region=label.region_id).by_path())
        shown = Page.objects.live().filter(theirs, mentions__product=label.product_id, alias_of=None)
        found |= {page.pk: page for page in shown.select_related("locale")}
    return sorted(found.values(), key=lambda page: page.path)


def pages_to_renew(release: Release) -> list[Page]:
    """Return those of them that are neither a part of the release nor left out of it by legal."""
    kept = set(release.left_out.values_list("page", flat=True))
    parts = set(release.items.filter(content_type=base_type_of(Page())).values_list("object_id", flat=True))
    return [page for page in pages_showing(release) if page.pk not in kept and str(page.pk) not in parts]


def renew(release: Release, page: Page, user: Any) -> ReleaseItem:
    """Make the live words of `page` a part of the release, and send them to review for a new approval.

    Raises RefusedError where it has a draft that visitors do not see yet, or waits for review already.
    """
    Edition.lock_in_transaction()
    check_may_change(release)
    _check_no_draft(page)
    live = page.specific
    live.save_revision(user=user)
    live.refresh_from_db()
    item = add(release, live, user, renews=True)
    live.get_workflow().start(live, user)
    return item


def leave_out(release: Release, page: Page, reason: str, user: Any) -> None:
    """Leave `page` under its old code, as legal has decided for `reason`."""
    Edition.lock_in_transaction()
    check_may_change(release)
    if not reason.strip():
        raise RefusedError(_("Say why “%(page)s” keeps its old approval code.") % {"page": page})
    LeftOutPage.objects.create(
        release=release, page=page, title=page.title, reason=reason.strip(), decided_by=user
    )
    log(release, LEFT_OUT, user=user, data={"part": page.title, "reason": reason.strip()})


def _changed_labels(release: Release) -> Iterator[Label]:
    """Give the labels of the release as they will be, where pages will show other words than now."""
    day = clock.day_of(release.goes_live_at) if release.goes_live_at else clock.today()
    kind = base_type_of(Label())
    for item in release.items.filter(content_type=kind).select_related("revision", "content_type"):
        stored = item.thing
        if stored is None or item.revision is None:
            continue
        live = stored.live_revision if stored.live else None
        if live is not None and says_the_same(live, item.revision):
            continue
        label: Label = item.revision.as_object()
        label.live = True
        if force_of(label, max(day, clock.today())) in (Force.IN_FORCE, Force.BEGINS):
            yield label


def _check_no_draft(page: Page) -> None:
    if page.current_workflow_state:
        raise RefusedError(
            _("“%(page)s” waits for review already: add that to the release.") % {"page": page}
        )
    live = page.live_revision
    draft = page.latest_revision
    if draft is None or live is None or not is_outdated(live):
        return
    words = _(
        "“%(page)s” has a draft that visitors do not see yet, by %(person)s. Add the draft to the release "
        "instead, or leave the page out with a reason."
    )
    raise RefusedError(words % {"page": page, "person": lasting_name(draft.user) or "–"})

"""What speaks against a part, and against a release as a whole: told before anything is tried."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState

from region_gate import clock
from region_gate.models import Policy
from region_gate.signoff import lasting_name
from therapies.editing.edits import is_outdated, versions_of
from therapies.models import Statement

from ..release_models import Release
from .facts import PartFacts, facts_of
from .renewals import pages_to_renew


class Checking:
    """The checks of the parts of one release, of which each says what is wrong, or nothing."""

    def __init__(self, release: Release) -> None:
        """Check for the moment of `release`, now where it has none or that has passed."""
        now = timezone.now()
        self.moment = max(now, release.goes_live_at or now)
        self.day: date = clock.day_of(self.moment)
        self.regions = set(release.regions.values_list("pk", flat=True))
        self.may_review: dict[tuple[Any, ...], bool] = {}

    def faults(self, part: PartFacts) -> list[str]:
        """Return what speaks against `part`; where it is gone or not approved, nothing else is looked at."""
        if part.thing is None:
            return [_("It has been deleted. Remove it here.")]
        if part.item.revision is None:
            return [_("The draft that was to go live has been deleted. Remove the part and add it again.")]
        if not part.is_approved:
            return [_unapproved(part)]
        checks: tuple[Callable[[PartFacts], str], ...] = (
            *(_newer_draft, _in_review, _already_live, _taken_down, _own_date, _codeless),
            *(self._moved, self._over, self._reviewer_gone),
        )
        return [fault for check in checks if (fault := check(part))]

    def _moved(self, part: PartFacts) -> str:
        for region in part.regions:
            if region.pk not in self.regions:
                words = _("It belongs to %(region)s now, which the release is not for.")
                return words % {"region": region}
        return ""

    def _over(self, part: PartFacts) -> str:
        """Say which of the part's dates has passed by the moment of the release."""
        expires = part.moment("expire_at")
        if expires and expires <= self.moment:
            return _("It would have expired by then: %(moment)s.") % {"moment": _words(expires)}
        if (last := last_day(part)) and last < self.day:
            return _("It would have ended by then: %(day)s.") % {"day": date_format(last)}
        if part.approval and part.approval.review_by < self.day:
            words = _("The review of its approval would be due by then: %(day)s.")
            return words % {"day": date_format(part.approval.review_by)}
        return ""

    def _reviewer_gone(self, part: PartFacts) -> str:
        """Say that whoever approved the part may not do so any more: nothing goes live on their word."""
        for state in part.approvers:
            if not self._may_still_review(state, part):
                words = _("%(person)s, who approved it, may not review it any more. Have it approved again.")
                return words % {"person": lasting_name(state.finished_by)}
        return ""

    def _may_still_review(self, state: TaskState, part: PartFacts) -> bool:
        """Say whether who approved in `state` reviews such a part; asked once for all parts of a region."""
        kind = part.item.content_type_id
        asked = (state.task_id, state.finished_by_id, kind, part.region and part.region.pk)
        if asked not in self.may_review:
            person, review = state.finished_by, getattr(state.task.specific, "is_reviewer", None)
            may = review is None or review(part.thing, person)
            self.may_review[asked] = bool(person and person.is_active and may)
        return self.may_review[asked]


def faults_of(release: Release) -> list[str]:
    """Return what speaks against the release, each part's faults with its name; nothing is tried."""
    parts = facts_of(release.items.select_related("revision", "content_type"))
    if not parts:
        return [_("The release is empty: add what is to go live.")]
    checking = Checking(release)
    found = [f"“{part.item.title}”: {fault}" for part in parts for fault in checking.faults(part)]
    return found + [_without_new_code(page) for page in pages_to_renew(release)]


def _unapproved(part: PartFacts) -> str:
    if part.review is None:
        return _("Nobody has approved it, and it is in no review. Send it to review.")
    if part.review.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return _("Changes were asked for. Send it to review again.")
    return _("It waits for its review.")


def _newer_draft(part: PartFacts) -> str:
    if part.thing.latest_revision_id == part.revision.pk or not is_outdated(part.revision):
        return ""
    newer = versions_of(part.revision).select_related("user").order_by("-created_at", "-pk").first()
    words = _(
        "There is a newer draft than the one that was approved: by %(person)s, %(moment)s. "
        "Have the newer one approved, or remove the part."
    )
    person = lasting_name(newer.user) if newer else ""
    return words % {"person": person or "–", "moment": _words(newer.created_at) if newer else "–"}


def _in_review(part: PartFacts) -> str:
    return _("It has been sent to review again.") if part.review else ""


def _already_live(part: PartFacts) -> str:
    if part.thing.live and part.thing.live_revision_id == part.revision.pk:
        return _("Just this is live already. Remove the part, or renew its approval.")
    if part.thing.live_revision_id and part.thing.live_revision_id > part.revision.pk:
        return _("Something newer than what was approved has gone live meanwhile. Remove the part.")
    return ""


def _taken_down(part: PartFacts) -> str:
    if part.item.was_live and not part.thing.live:
        return _("It has been taken down since it was added. If it is to come back, add it again.")
    return ""


def _own_date(part: PartFacts) -> str:
    planned = part.moment("go_live_at")
    if planned and planned > timezone.now():
        words = _("It has a date of its own, %(moment)s. The release decides when it goes live: remove that.")
        return words % {"moment": _words(planned)}
    return _("It is scheduled by itself. Cancel that first.") if part.is_scheduled else ""


def last_day(part: PartFacts) -> date | None:
    """Return the last day on which a policy or a statement holds, None where it has none."""
    content = part.revision.content
    if isinstance(part.thing, Policy) and (ends := content.get("ends")):
        return date.fromisoformat(str(ends))
    if isinstance(part.thing, Statement) and (withdrawn_on := content.get("withdrawn_on")):
        return date.fromisoformat(str(withdrawn_on)) - timedelta(days=1)
    return None


def _codeless(part: PartFacts) -> str:
    is_page = isinstance(part.thing, Page)
    return _("Its approval has no code.") if is_page and part.approval is None else ""


def _without_new_code(page: Page) -> str:
    words = _(
        "“%(page)s” shows a label that changes, under its old approval code. Renew its approval in this "
        "release, or leave it out with a reason."
    )
    return words % {"page": page}


def _words(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")

"""What speaks against a part, and against a release as a whole: told before anything is tried."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState

from home.models import Region
from region_gate import clock
from region_gate.models import Policy
from region_gate.signoff import lasting_name
from therapies.editing.edits import is_outdated, versions_of

from .. import four_eyes
from ..models import Approval
from ..regions import region_of
from ..release_models import Release, ReleaseItem
from .renewals import pages_to_renew

Check = Callable[[ReleaseItem, Any, Revision], str]


def faults_of(release: Release) -> list[str]:
    """Return what speaks against the release, each part's faults with its name; queries only, no try."""
    items = [*release.items.select_related("release", "revision", "content_type")]
    if not items:
        return [_("The release is empty: add what is to go live.")]
    found = [f"“{item.title}”: {fault}" for item in items for fault in faults_of_item(item)]
    return found + [_without_new_code(page) for page in pages_to_renew(release)]


def faults_of_item(item: ReleaseItem) -> list[str]:
    """Return what speaks against one part; where it is gone or not approved, nothing else is looked at."""
    thing = item.thing
    if thing is None:
        return [_("It has been deleted. Remove it here.")]
    if item.revision is None:
        return [_("The draft that was to go live has been deleted. Remove the part and add it again.")]
    if not four_eyes.is_approved(item.revision_id):
        return [_unapproved(thing, item.revision)]
    return [fault for check in CHECKS if (fault := check(item, thing, item.revision))]


def _unapproved(thing: Any, revision: Revision) -> str:
    review: WorkflowState | None = thing.current_workflow_state
    if review is None:
        return _("Nobody has approved it, and it is in no review. Send it to review.")
    if review.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return _("Changes were asked for. Send it to review again.")
    return _("It waits for its review.")


def _newer_draft(item: ReleaseItem, thing: Any, revision: Revision) -> str:
    if not is_outdated(revision):
        return ""
    newer = versions_of(revision).select_related("user").order_by("-created_at", "-pk").first()
    words = _(
        "There is a newer draft than the one that was approved: by %(person)s, %(moment)s. "
        "Have the newer one approved, or remove the part."
    )
    person = lasting_name(newer.user) if newer else ""
    return words % {"person": person or "–", "moment": _moment(newer.created_at) if newer else "–"}


def _in_review(item: ReleaseItem, thing: Any, revision: Revision) -> str:
    return _("It has been sent to review again.") if thing.current_workflow_state else ""


def _already_live(item: ReleaseItem, thing: Any, revision: Revision) -> str:
    if thing.live and thing.live_revision_id == revision.pk:
        return _("Just this is live already. Remove the part, or renew its approval.")
    if thing.live_revision_id and thing.live_revision_id > revision.pk:
        return _("Something newer than what was approved has gone live meanwhile. Remove the part.")
    return ""


def _taken_down(item: ReleaseItem, thing: Any, revision: Revision) -> str:
    if item.was_live and not thing.live:
        return _("It has been taken down since it was added. If it is to come back, add it again.")
    return ""


def _moved(item: ReleaseItem, thing: Any, revision: Revision) -> str:
    for place in (region_of(thing), region_of(revision.as_object())):
        if place is not None and not _spans(item.release, place):
            return _("It belongs to %(region)s now, which the release is not for.") % {"region": place}
    return ""


def _own_date(item: ReleaseItem, thing: Any, revision: Revision) -> str:
    planned = revision.as_object().go_live_at
    if planned and planned > timezone.now():
        words = _("It has a date of its own, %(moment)s. The release decides when it goes live: remove that.")
        return words % {"moment": _moment(planned)}
    if thing.revisions.filter(approved_go_live_at__isnull=False).exists():
        return _("It is scheduled by itself. Cancel that first.")
    return ""


def _over(item: ReleaseItem, thing: Any, revision: Revision) -> str:
    """Say which of the part's dates has passed by the moment of the release."""
    part = revision.as_object()
    moment = max(timezone.now(), item.release.goes_live_at or timezone.now())
    if part.expire_at and part.expire_at <= moment:
        return _("It would have expired by then: %(moment)s.") % {"moment": _moment(part.expire_at)}
    if isinstance(part, Policy) and part.ends and part.ends < clock.day_of(moment):
        return _("It would have ended by then: %(day)s.") % {"day": date_format(part.ends)}
    approval = Approval.objects.filter(revision=revision).first()
    if approval and approval.review_by < clock.day_of(moment):
        return _("The review of its approval would be due by then: %(day)s.") % {
            "day": date_format(approval.review_by)
        }
    return ""


def _codeless(item: ReleaseItem, thing: Any, revision: Revision) -> str:
    if isinstance(thing, Page) and not Approval.objects.filter(revision=revision).exists():
        return _("Its approval has no code.")
    return ""


def _reviewer_gone(item: ReleaseItem, thing: Any, revision: Revision) -> str:
    """Say that whoever approved the part may not do so any more: nothing goes live on their word."""
    done = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    for state in done.exclude(finished_by=None).select_related("finished_by", "task"):
        if not _may_still_review(state, thing):
            words = _("%(person)s, who approved it, may not review it any more. Have it approved again.")
            return words % {"person": lasting_name(state.finished_by)}
    return ""


def _may_still_review(state: TaskState, thing: Any) -> bool:
    review = getattr(state.task.specific, "is_reviewer", None)
    person = state.finished_by
    return bool(review is None or (person and person.is_active and review(thing, person)))


CHECKS: tuple[Check, ...] = (
    _newer_draft,
    _in_review,
    _already_live,
    _taken_down,
    _moved,
    _own_date,
    _over,
    _codeless,
    _reviewer_gone,
)


def _spans(release: Release, region: Region) -> bool:
    return release.regions.filter(pk=region.pk).exists()


def _without_new_code(page: Page) -> str:
    words = _(
        "“%(page)s” shows a label that changes, under its old approval code. Renew its approval in this "
        "release, or leave it out with a reason."
    )
    return words % {"page": page}


def _moment(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")

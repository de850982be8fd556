"""Pages whose review is due: told of before that day, and taken down after it where a setting says so."""

import logging
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from home.mail import both_teams, language_of, write
from home.models import Region
from jobs.exceptions import JobFailedError
from region_gate import clock
from region_gate.models import Edition
from review.endings.taking_down import take_down_overdue
from review.models import Approval
from therapies.formatting import language_name

from . import conf
from .addresses import whole_address
from .models import Reminder

logger = logging.getLogger(__name__)


def shown_approvals() -> Any:
    """Return the approvals of what is live, with their pages."""
    return Approval.objects.shown().select_related("page__locale").order_by("review_by", "pk")


def step_for(review_by: date, today: date) -> str:
    """Return the step at which somebody is told today of a review by `review_by`; blank before the first."""
    days = (review_by - today).days
    passed = [notice for notice in conf.notice_days() if days <= notice]
    return f"review-by-{passed[-1]}" if passed and days >= 0 else ""


@transaction.atomic
def announce() -> str:
    """Tell both teams of a region which of its pages' reviews are due soon, once for each notice."""
    today = clock.today()
    fresh = [
        one for one in shown_approvals() if (step := step_for(one.review_by, today)) and _note(one, step)
    ]
    regions = Region.objects.owners_of(one.page.path for one in fresh)
    by_region: dict[int, list[Approval]] = {}
    for approval in fresh:
        if region := _region_of(approval, regions):
            by_region.setdefault(region.pk, []).append(approval)
    for region in {one.pk: one for one in regions.values()}.values():
        for person in both_teams(region):
            _write(person, region, by_region.get(region.pk, []))
    return f"{len(fresh)} announced."


def _region_of(approval: Approval, regions: dict[str, Region]) -> Region | None:
    path = approval.page.path if approval.page else ""
    return next((region for place, region in regions.items() if path.startswith(place)), None)


def _note(approval: Approval, step: str) -> bool:
    """Note that the step is told of; say whether it had not been. A step that was missed is passed over."""
    title = approval.page.title if approval.page else approval.code
    _row, is_new = Reminder.objects.get_or_create(
        matter=f"approval-{approval.pk}",
        step=step,
        defaults={"subject": title[:255], "due": approval.review_by},
    )
    return is_new


def _write(person: Any, region: Region, approvals: Iterable[Approval]) -> None:
    with override(language_of(person)):
        told = [
            (one, language_name(one.page.locale.language_code), _address(one.page.pk))
            for one in approvals
            if one.page
        ]
    if told:
        given = {"region": region, "approvals": told, "number": len(told), "takes_down": conf.takes_down()}
        write(person, "reminders/mail/review_by.txt", given)


def _address(page: int) -> str:
    return whole_address("wagtailadmin_pages:edit", page)


def take_down_past() -> str:
    """Take down the live pages whose review-by has passed, if that is wanted; return how many that were.

    The day itself is the last on which they may stand. A failure stops no other page.
    """
    if not conf.takes_down():
        return "Not wanted."
    today, failed, number = clock.today(), 0, 0
    for approval in shown_approvals().filter(review_by__lt=today):
        try:
            number += _take_down(approval.pk, today)
        except Exception:  # whatever it is, the others come down
            logger.exception("The page %s could not be taken down.", approval.page_id)
            failed += 1
    if failed:
        raise JobFailedError(f"{number} taken down, {failed} could not be.", is_final=False)
    return f"{number} taken down."


@transaction.atomic
def _take_down(key: int, today: date) -> bool:
    """Take the page of the approval down, unless it has a newer one by now; say whether it came down."""
    Edition.lock()
    approval = shown_approvals().filter(pk=key, review_by__lt=today).first()
    return bool(approval and take_down_overdue(approval.page, _reason(approval)))


def _reason(approval: Approval) -> str:
    words = _("Its review was due by %(day)s (approval %(code)s).")
    return words % {"day": approval.review_by.isoformat(), "code": approval.code}

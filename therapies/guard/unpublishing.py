"""Takes down live pages that name a product whose label has ended."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from region_gate.models import Edition

from .unlabelled_pages import Unlabelled, pages_without_label

logger = logging.getLogger(__name__)
ACTION = "therapies.take_down"


@dataclass(frozen=True)
class UnpublishingResult:
    """What became of a page that was to come down: `refused` says why it is live still, else blank."""

    page: Page
    reasons: str
    refused: str = ""


def take_down(found: Iterable[Unlabelled], on: date, user: Any = None) -> Iterator[UnpublishingResult]:
    """Take down each page in `found`, and give what became of it. A failure stops no other page.

    A page below another comes down only if it names the product itself. Safe to run again, and
    twice at once: each page is looked at anew while nobody else decides.
    """
    for number, items in groupby(to_take_down(found), key=lambda item: item.page.pk):
        first = next(items)
        try:
            outcome = _take_down(number, on, user)
        except Exception as error:  # whatever it is, the other pages must come down
            logger.exception("“%s” (page %s) could not be taken down.", first.page, number)
            outcome = UnpublishingResult(first.page, first.reason, refused=f"{type(error).__name__}: {error}")
        if outcome:
            yield outcome


def _take_down(number: int, on: date, user: Any) -> UnpublishingResult | None:
    """Take the page down and log why, in one transaction; None where there is no reason any more."""
    with transaction.atomic():
        Edition.lock()
        page = Page.objects.select_for_update().filter(pk=number, live=True).first()
        found = to_take_down(pages_without_label(on, page=number)) if page else []
        if page is None or not found:
            return None
        reasons = " ".join(item.reason for item in found)
        if found[0].is_entrance:
            return UnpublishingResult(page, reasons, refused=_entrance())
        # By nobody: whoever ends a label needs no right to unpublish its pages.
        page.specific.unpublish(log_action=False)
        labels = [item.label.pk for item in found if item.label]
        log(page, ACTION, user=user, data={"reasons": reasons, "labels": labels})
    logger.warning("“%s” (page %s) was taken down. %s", page, number, reasons)
    return UnpublishingResult(page, reasons)


def to_take_down(found: Iterable[Unlabelled]) -> list[Unlabelled]:
    """Return those of `found` that their region has not chosen to keep up.

    A page that names several products is kept only where it is so for each of them.
    """
    items = [*found]
    coming = {item.page.pk for item in items if not item.is_kept}
    return [item for item in items if item.page.pk in coming]


def _entrance() -> str:
    """Say why a region's home page, or the selector, stays live."""
    return _(
        "All other pages stand below this one: without it they would leave the site, and its gate with "
        "them. Visitors are not shown it until the name is removed by hand."
    )

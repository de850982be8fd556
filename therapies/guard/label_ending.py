"""What happens at once when a label ends, or a product gets a name: pages come down, and it is told once."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from wagtail.log_actions import get_active_log_context

from home.models import Region
from region_gate import clock
from region_gate.models import Edition
from therapies.models import Label, LabelEnd, Product
from therapies.models.in_force import ONCE_APPROVED

from .unlabelled_pages import Unlabelled, pages_without_label
from .unpublishing import UnpublishingResult, take_down


def take_down_what_is_left(label: Label, *, at_once: bool = False) -> None:
    """Take down the pages that a change of `label` has left without a label; have its end told.

    Unless it is to be `at_once`, a label that waits to replace it keeps them live for the moment.
    """
    today = clock.today()
    if not at_once and _replacement_is_written(label, today):
        return
    before = [*pages_without_label(today, product=label.product, regions=[label.region])]
    outcomes = _take_down(before, today)
    if ended_on := _end_of(label, today):
        _keep_end(label, ended_on, before, outcomes)


def take_down_what_names(product: Product) -> None:
    """Take down the pages that name `product` without a label."""
    today = clock.today()
    _take_down(pages_without_label(today, product=product), today)


def take_down_in(region: Region) -> None:
    """Take down the pages of `region` that name a product without a label, if it keeps none of them up."""
    today = clock.today()
    _take_down(pages_without_label(today, regions=[region]), today)


def take_down_by_date(on: date) -> Iterator[UnpublishingResult]:
    """Take down what has lost its label by `on`, today; have the ends that nobody has been told of told."""
    for number in [*_untold(on)]:
        yield from _settle(number, on)
    yield from take_down(pages_without_label(on), on)


@transaction.atomic
def _settle(number: int, on: date) -> list[UnpublishingResult]:
    """Take down what the label numbered so leaves behind, and keep its end, unless another just did."""
    Edition.lock()
    label = Label.objects.select_related("product", "region").filter(pk=number, pk__in=_untold(on)).first()
    if label is None or label.withdrawn_on is None:
        return []
    before = pages_without_label(on, product=label.product, regions=[label.region])
    outcomes = _take_down(before, on)
    _keep_end(label, label.withdrawn_on, before, outcomes)
    return outcomes


def _untold(on: date) -> Iterator[int]:
    """Give the labels that have ended by `on` since they were published, and whose end is not on record."""
    told = {*LabelEnd.objects.values_list("label", "ended_on")}
    for label in Label.objects.ended(on).order_by("withdrawn_on", "pk"):
        if (label.pk, label.withdrawn_on) not in told and _was_in_force(label):
            yield label.pk


def _was_in_force(label: Label) -> bool:
    """Say whether the label was published by the day of its end: a label of the past never ended here."""
    first, end = label.first_published_at, label.withdrawn_on
    return first is not None and end is not None and clock.day_of(first) <= end


def _end_of(label: Label, today: date) -> date | None:
    """Return the day on which `label` has ended, None where it has not, or was never in force."""
    first = label.effective_from
    if label.status not in ONCE_APPROVED or first is None or first > today:
        return None
    if label.withdrawn_on and label.withdrawn_on <= today:
        return label.withdrawn_on if _was_in_force(label) else None
    return today if _is_gone(label) else None


def _is_gone(label: Label) -> bool:
    """Say whether `label` has just been unpublished, or deleted while it was live."""
    stored = Label.objects.filter(pk=label.pk).first()
    return label.live if stored is None else not stored.live and stored.first_published_at is not None


def _keep_end(
    label: Label, ended_on: date, before: list[Unlabelled], outcomes: list[UnpublishingResult]
) -> None:
    """Keep the end of `label` on record, once for a day; whoever is to be told of it is told by this."""
    if LabelEnd.objects.filter(label=label.pk, ended_on=ended_on).exists():
        return
    down = {outcome.page.pk for outcome in outcomes if not outcome.refused}
    named = [*dict.fromkeys(item.page.pk for item in before)]
    today = clock.today()
    LabelEnd(
        label=label.pk,
        label_name=f"{label.product} – {label.region}",
        region=label.region,
        ended_on=ended_on,
        is_followed=_others(label).in_force(today).exists(),
        pages_down=json.dumps([number for number in named if number in down]),
        pages_up=json.dumps([number for number in named if number not in down]),
    ).save()


def _take_down(found: list[Unlabelled], on: date) -> list[UnpublishingResult]:
    """Take down what is in `found`, as whoever acts now; each is logged, and what is refused stays."""
    user: Any = get_active_log_context().user
    return [*take_down(found, on, user)]


def _others(label: Label) -> Any:
    return Label.objects.filter(product=label.product_id, region=label.region_id).exclude(pk=label.pk)


def _replacement_is_written(label: Label, today: date) -> bool:
    """Say whether a label that would replace this one today has been written, and waits to be published.

    The old label must end before the new one can be published. No page comes down in this gap, in which
    visitors are shown none; if the new label is not published, the next `enforce_labels` takes them down.
    """
    waiting = _others(label).filter(live=False, first_published_at=None)
    return bool(waiting.in_force_once_published(today).exists())

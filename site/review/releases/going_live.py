"""Makes a release live: every part by the path of publication, in one transaction, or none."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.exceptions import RefusedError
from home.search_backend import indexed_at_once
from region_gate import clock, pipeline
from region_gate.models import Notice, Policy
from therapies.models import Label, Product, Statement

from ..release_models import Release, ReleaseItem
from .checking import faults_of
from .facts import PartFacts, facts_of
from .holding import releasing

# What others rest on goes first: names before labels, labels before the pages and notices that name products.
RANKS: tuple[type, ...] = (Product, Policy, Label, Statement, Notice, Page)


class _TriedError(Exception):
    """All parts could go live together; what was tried is undone."""


def check(release: Release) -> None:
    """Raise RefusedError with all that speaks against the release, before anything is tried."""
    if faults := faults_of(release):
        raise RefusedError(faults)


def try_out(release: Release) -> list[str]:
    """Return what is refused when all parts go live at the release's moment; nothing of it stays done.

    The same path as on that day: with the records that would be made, and undone.
    """
    day = clock.day_of(release.goes_live_at) if release.goes_live_at else clock.today()
    try:
        with transaction.atomic(), clock.assumed(max(day, clock.today())):
            publish(release)
            raise _TriedError
    except _TriedError:
        return []
    except RefusedError as refusal:
        return refusal.messages


def publish(release: Release, user: Any = None, log_action: str | bool = True) -> None:
    """Publish every part; needs a transaction. Raises RefusedError with the reasons of all refused ones."""
    items = _in_order(release)
    with indexed_at_once(), releasing(), pipeline.together():
        _publish_in_turn(items, user, log_action)
    _verify(items)


def _in_order(release: Release) -> list[ReleaseItem]:
    items = release.items.select_related("revision", "content_type")
    return [part.item for part in sorted(facts_of(items), key=_turn)]


def _turn(part: PartFacts) -> tuple[int, bool, str]:
    """Return the part's place: labels that end before those that begin, pages before those below them."""
    rank = next(number for number, kind in enumerate(RANKS) if isinstance(part.thing, kind))
    goes_on = part.revision.content.get("withdrawn_on") is None
    return rank, goes_on, getattr(part.thing, "path", part.item.object_id.zfill(20))


def _publish_in_turn(items: list[ReleaseItem], user: Any, log_action: str | bool) -> None:
    """Publish `items`; what is refused has another turn after the others, as long as one of them got on."""
    while items:
        refused = [(item, said) for item in items if (said := _publish_one(item, user, log_action))]
        if len(refused) == len(items):
            raise RefusedError([f"“{item.title}”: {words}" for item, said in refused for words in said])
        items = [item for item, _said in refused]


def _publish_one(item: ReleaseItem, user: Any, log_action: str | bool) -> list[str]:
    """Publish one part; return why it is refused, if it is, with nothing of it done."""
    assert item.revision is not None  # noqa: S101 - `check` has seen to it
    try:
        with transaction.atomic(), pipeline.together():
            item.revision.publish(user=user, log_action=log_action, skip_permission_checks=True)
    except ValidationError as refusal:
        return list(refusal.messages)
    except IntegrityError:
        return [_("There is another one for the same use already.")]
    return []


def _verify(items: list[ReleaseItem]) -> None:
    """Raise RefusedError unless visitors are shown just the revision of every part."""
    left = [part.item.title for part in facts_of(items) if not _is_live(part)]
    if left or not items:
        names = "; ".join(left)
        raise RefusedError(_("It would not be live with the others: %(parts)s.") % {"parts": names})


def _is_live(part: PartFacts) -> bool:
    return bool(part.thing and part.thing.live and part.thing.live_revision_id == part.item.revision_id)

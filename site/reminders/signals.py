"""What is told of at once: a source's safety change, to the people of the pages that follow it."""

import logging
from typing import Any

from django.db import transaction
from wagtail.models import Page

from home.mail import both_teams, write
from home.models import Region
from region_gate.pipeline import Event, Stage, step
from therapies.catching_up.families import followers_of
from therapies.models import SourceChange

from .addresses import whole_address

logger = logging.getLogger(__name__)


@step(Event.POST_SAVE, Stage.MAIL, SourceChange)
def write_of_safety_change(instance: SourceChange, **kwargs: Any) -> None:
    """Tell the teams of all that follows a page that its safety change is live.

    The mails are rows of the same transaction, which a kill cannot lose; one that fails stops no other.
    """
    if instance.is_urgent and instance.at:
        _write(instance)


def _write(change: SourceChange) -> None:
    source = change.page
    keys = [one.page for one in followers_of(source)]
    pages = [*Page.objects.live().filter(pk__in=keys).select_related("locale").order_by("path")]
    owners = Region.objects.owners_of(page.path for page in pages)
    for region in {one.pk: one for one in owners.values()}.values():
        own = [page for page in pages if any(page.path.startswith(place) for place in _of(region, owners))]
        told = [(page, whole_address("therapies_catch_up", page.pk, source.pk)) for page in own]
        for person in both_teams(region):
            _write_to(person, {"source": source, "pages": told})


def _write_to(person: Any, given: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            write(person, "reminders/mail/safety_change.txt", given)
    except Exception:  # whatever it is, the others are written to
        logger.exception("A safety change could not be told to person %s.", person.pk)


def _of(region: Region, owners: dict[str, Region]) -> list[str]:
    return [place for place, owner in owners.items() if owner == region]

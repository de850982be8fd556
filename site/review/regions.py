"""Whose a thing under review is: one region's, whose legal team decides, or all regions'."""

from typing import TYPE_CHECKING, Any

from django.db import models
from wagtail.models import Page, TaskState

from home.exceptions import RefusedError
from home.models import Region, RegionHomePage
from home.ownership import owner_at
from region_gate.models import Policy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# A policy is the region's from whose pages it governs links; blank, as a notice's may be: all regions'.
REGION_FIELDS: dict[type[models.Model], str] = {Policy: "source"}


def region_of(thing: Any) -> Region | None:
    """Return the region that `thing` belongs to, None where it is all regions'."""
    if isinstance(thing, Page):
        return Region.objects.owning(thing.path)
    region = getattr(thing, REGION_FIELDS.get(type(thing), "region"), None)
    return (
        Region.objects.filter(code=region).first() if isinstance(region, str) and region else region or None
    )


def region_number(thing: Any, homes: dict[str, RegionHomePage]) -> int | None:
    """Return the key of `region_of(thing)`, of a page by the `homes`."""
    if isinstance(thing, Page):
        home = owner_at(thing.path, homes)
        return home.region_id if home else None
    if number := getattr(thing, "region_id", None):
        return int(number)
    region = region_of(thing)
    return region.pk if region else None


def is_shared(state: TaskState) -> bool:
    """Say whether what waits in `state` holds for all regions, as it stands or as it would."""
    return any(region_of(thing) is None for thing in things_in(state))


def things_in(state: TaskState) -> tuple[Any, Any]:
    """Return what waits in `state`, as it is stored and as it would be."""
    return state.revision.content_object, state.revision.as_object()


def check_stays(state: TaskState, refusal: "StrOrPromise") -> None:
    """Raise RefusedError with `refusal` where all regions' would become one region's, or the reverse."""
    stored, sent = things_in(state)
    if (region_of(stored) is None) != (region_of(sent) is None):
        raise RefusedError(refusal)

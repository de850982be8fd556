"""Whose the object of an action is: the regions whose legal teams read of it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Model
from wagtail.models import Collection, Page

from home.access import EDITORS, LEGAL
from home.models import Region
from home.ownership import above, nearest
from legal_holds.models import LegalHold
from redirecting.models import Redirect
from review.regions import region_of
from review.release_models import Release
from review.workflows import SHARED_MODELS
from therapies.models import Reference, Topic

from .models import ALL_REGIONS

# What is all regions' where it belongs to none; anything else is the administrators' alone then.
SHARED: tuple[type[Model], ...] = (Page, *SHARED_MODELS, LegalHold, Release, Reference, Topic)


def regions_of(thing: Any) -> list[str]:
    """Return the codes of the regions of `thing`.

    `ALL_REGIONS` for what is shared by all, nothing for what is the administrators' alone.
    """
    codes = sorted(set(_codes(thing)))
    return codes or ([ALL_REGIONS] if isinstance(thing, SHARED) else [])


def _codes(thing: Any) -> list[str]:
    if isinstance(thing, Region):
        return [thing.code]
    if isinstance(thing, Release):
        return [*thing.regions.values_list("code", flat=True)]
    if isinstance(thing, get_user_model()):
        return _of_groups(thing.groups.values_list("name", flat=True))
    if isinstance(thing, Group):
        return _of_groups([thing.name])
    if isinstance(thing, Collection):
        return _of_collection(thing)
    if isinstance(collection := getattr(thing, "collection", None), Collection):
        return _of_collection(collection)
    region = None if isinstance(thing, Redirect) else region_of(thing)
    return [region.code] if isinstance(region, Region) else []


def _of_groups(names: Any) -> list[str]:
    return [name.removesuffix(role) for name in names for role in (EDITORS, LEGAL) if name.endswith(role)]


def _of_collection(collection: Collection) -> list[str]:
    owner = nearest(above(collection.path), Region.objects.by_collection())
    return [owner.code] if owner else []

"""Whose a page or a collection is: the region's whose home page or collection is nearest at or above it.

`Region.objects` asks the same of the database, for one place and for each row of a query.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Q
from wagtail.models import Page

Owner = TypeVar("Owner")

STEP = Page.steplen  # a collection's, too


def above(path: str) -> list[str]:
    """Return the place `path` in a tree and those above it, the nearest first."""
    return [path[:end] for end in range(len(path), 0, -STEP)]


def nearest(paths: Iterable[str], owners: Mapping[str, Owner]) -> Owner | None:
    """Return the owner of the first of `paths` that has one."""
    return next((owners[path] for path in paths if path in owners), None)


def owner_at(path: str, owners: Mapping[str, Owner]) -> Owner | None:
    """Return what of `owners`, by their places, owns the place `path`: the nearest at or above it."""
    return nearest(above(path), owners)


def owned_by(owners: Iterable[str]) -> Q:
    """Return what holds for the pages at or below one of the places `owners`."""
    return reduce(or_, (Q(path__startswith=path) for path in owners), Q(pk__in=()))

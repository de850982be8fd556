"""Refuses to write many rows at once, where each has to go the path of publication."""

from typing import Any, NoReturn, TypeVar

from django.db import models
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

Thing = TypeVar("Thing", bound=models.Model)


class BulkWriteError(Exception):
    """Code tried to change many things at once, without the steps that go with each."""


def _refuse(*args: Any, **kwargs: Any) -> NoReturn:
    """Refuse, as Django would tell nobody of it. Always raises BulkWriteError."""
    raise BulkWriteError(
        "Each of these is checked, saved and put on record by itself: call save() or delete() on each, "
        "or delete() on all. update(), bulk_create() and bulk_update() would pass by that."
    )


class OneByOneQuerySet(models.QuerySet[Thing]):
    """Things that are saved one by one, so that the steps in `region_gate.pipeline` run for each.

    `delete` may stay, since Django tells of each thing that it deletes. Outside is `_base_manager`, by which
    Django itself writes: where something is deleted that others point at, and in `product.labels.add(label)`.
    """

    update = bulk_create = bulk_update = _raw_delete = _refuse


class OneByOnePageQuerySet(OneByOneQuerySet[Any], PageQuerySet):
    """Pages of one type that are saved one by one; Wagtail keeps the tree by `Page.objects` alone."""


OneByOnePageManager = PageManager.from_queryset(OneByOnePageQuerySet)

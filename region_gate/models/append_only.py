"""Rows that are kept for good: added, and then neither changed nor deleted."""

from typing import Any, NoReturn, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class RecordError(Exception):
    """Somebody tried to change or delete what is on record."""


def _refuse(*args: Any, **kwargs: Any) -> NoReturn:
    """Refuse: what is on record stays as it is. Always raises RecordError."""
    raise RecordError("What is on record can be neither changed nor deleted.")


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Rows that are added one by one, no more."""

    update = delete = bulk_create = bulk_update = _raw_delete = _refuse


class AppendOnlyModel(models.Model):
    """A row that is inserted once; its `objects` are an `AppendOnlyQuerySet`, its Meta derives from ours."""

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_permissions = ()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Put it on record. Raises RecordError where it is there already."""
        if not self._state.adding:
            _refuse()
        super().save(force_insert=True, using=kwargs.get("using"))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse. Always raises RecordError."""
        _refuse()

"""Keeps what Wagtail logs, in the transaction in which it is logged."""

from typing import Any

from wagtail.models import ModelLogEntry, PageLogEntry

from region_gate.pipeline import Event, Stage, step

from . import keeping


@step(Event.POST_SAVE, Stage.RECORD, PageLogEntry, ModelLogEntry)
def keep_what_is_logged(instance: keeping.Entry, created: bool = False, **kwargs: Any) -> None:
    """Keep each entry with its person's name and roles."""
    if created:
        keeping.keep(instance, is_new=True)

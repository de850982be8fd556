"""Keeps an entry of Wagtail's logs in the action log."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from wagtail.models import ModelLogEntry, PageLogEntry

from region_gate.signoff import lasting_name, roles_of

from .models import LoggedAction, LogKind
from .object_regions import regions_of

Entry = Any  # a PageLogEntry or a ModelLogEntry: Wagtail publishes no types
BATCH = 200  # entries in one transaction, so that others may write in between
LOGS: dict[LogKind, Any] = {LogKind.PAGE: PageLogEntry, LogKind.MODEL: ModelLogEntry}


def keep(entry: Entry, *, is_new: bool) -> None:
    """Keep `entry`; of one that is not new nobody knows the roles that its person had then."""
    log = LogKind.PAGE if isinstance(entry, PageLogEntry) else LogKind.MODEL
    person = get_user_model()._default_manager.filter(pk=entry.user_id).first() if entry.user_id else None
    kind: ContentType | None = entry.content_type
    object_id = str(entry.page_id if isinstance(entry, PageLogEntry) else entry.object_id)
    LoggedAction(
        log=log,
        entry=entry.pk,
        at=entry.timestamp,
        action=entry.action,
        person=entry.user_id,
        name=lasting_name(person)[:400] if person else str(entry.user_id or ""),
        roles=", ".join(roles_of(person)) if person and is_new else "",
        kind=_label(kind),
        object_id=object_id,
        title=entry.label,
        regions=_padded(_regions(kind, object_id)),
        data=entry.data,
    ).save()


def not_kept() -> Iterator[list[Entry]]:
    """Give the entries of both logs that are not in the action log, the oldest first, a batch at a time."""
    for log, model in LOGS.items():
        kept = LoggedAction.objects.filter(log=log, entry=OuterRef("pk"))
        missing = model._default_manager.filter(~Exists(kept)).order_by("pk")
        keys = [*missing.values_list("pk", flat=True)]
        for start in range(0, len(keys), BATCH):
            yield [*missing.filter(pk__in=keys[start : start + BATCH])]


def _regions(kind: ContentType | None, object_id: str) -> list[str]:
    """Return the regions of the object; of one that is gone, as it was known last."""
    model = kind.model_class() if kind else None
    thing = model._base_manager.filter(pk=object_id).first() if model else None
    if thing is not None:
        return regions_of(thing)
    before = LoggedAction.objects.filter(kind=_label(kind), object_id=object_id)
    last = before.values_list("regions", flat=True).first()
    return last.split() if last else []


def _label(kind: ContentType | None) -> str:
    return f"{kind.app_label}.{kind.model}" if kind else ""


def _padded(codes: list[str]) -> str:
    return f" {' '.join(codes)} " if codes else ""

"""Puts the approved texts that a site brings on record: by a migration of the site's, or by a command."""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.apps import apps as registry
from django.apps.registry import Apps
from django.db.models import Model, QuerySet
from django.utils import timezone

from region_gate.links.destinations import DestinationKind
from region_gate.notices.texts import APPROVED_LANGUAGE, SHIPPED, NoticeText, read

APP = "region_gate"


def put_on_record(apps: Apps, folder: Path) -> list[DestinationKind]:
    """Put the texts in `folder`, named after their version, on record; return the kinds that were not yet.

    `apps` are a migration's, so that no step of publication runs: the texts are approved. They are in
    force from now on, but not where somebody has published English of their own, or taken ours down.
    Raises NoWordsError, before anything is written, where a text is missing.
    """
    brought = [read(folder, kind) for kind in SHIPPED]
    new = [words for words in brought if not _versions(apps, words).filter(shipped_with=folder.name).exists()]
    for words in new:
        _record(apps, words, folder.name)
    if new:
        _renew_the_edition(apps)
    return [words.kind for words in new]


def _record(apps: Apps, words: NoticeText, version: str) -> None:
    now = timezone.now()
    notice = _notice_for(apps, words)
    if notice:
        _withdraw(apps, _in_force(apps, words), now)
        notice.last_published_at = now
        notice.first_published_at = notice.first_published_at or now
        notice.save()
    _put(
        apps,
        "NoticeVersion",
        **_key(words),
        **_parts(words),
        notice=str(notice.pk) if notice else "",
        published_at=now,
        withdrawn_at=None if notice else now,
        shipped_with=version,
    )


def _notice_for(apps: Apps, words: NoticeText) -> Any:
    """Return the notice that is to say `words`, not yet saved; None where somebody has decided otherwise."""
    notices = apps.get_model(APP, "Notice").objects
    locale, _ = apps.get_model("wagtailcore", "Locale").objects.get_or_create(language_code=APPROVED_LANGUAGE)
    place = {"kind": words.kind.value, "region": "", "locale": locale}
    earlier, notice = _versions(apps, words), notices.filter(**place).first()
    if notice is None and not earlier.exists():
        return notices.model(**place, **_parts(words), translation_key=uuid4(), live=True)
    if notice is None or not _in_force(apps, words).exclude(shipped_with="").exists():
        return None
    for name, text in _parts(words).items():
        setattr(notice, name, text)
    return notice


def _in_force(apps: Apps, words: NoticeText) -> QuerySet[Model]:
    found = _versions(apps, words).filter(withdrawn_at=None)
    if _is_chained(apps):
        found = found.exclude(pk__in=apps.get_model(APP, "NoticeWithdrawal").objects.values("version"))
    return found


def _withdraw(apps: Apps, versions: QuerySet[Model], at: datetime) -> None:
    if not _is_chained(apps):
        versions.update(withdrawn_at=at)
        return
    for number in [*versions.values_list("pk", flat=True)]:
        _put(apps, "NoticeWithdrawal", version=number, at=at)


def _put(apps: Apps, name: str, **facts: Any) -> None:
    """Put a row on record: as the last of its chain, once there are chains; by the rule of `ChainedEntry`."""
    entry = apps.get_model(APP, name)(**facts)
    if _is_chained(apps):
        real = registry.get_model(APP, name)
        rows = type(entry).objects.filter(subject=entry.subject).order_by("number")
        real.append(entry, rows.values_list("number", "sha256").last())
    entry.save(force_insert=True)


def _is_chained(apps: Apps) -> bool:
    """Say whether the record is one of chains by now: a migration may be older."""
    return any(model.__name__ == "NoticeWithdrawal" for model in apps.get_app_config(APP).get_models())


def _versions(apps: Apps, words: NoticeText) -> QuerySet[Model]:
    found: QuerySet[Model] = apps.get_model(APP, "NoticeVersion").objects.filter(**_key(words))
    return found


def _key(words: NoticeText) -> dict[str, str]:
    return {"kind": words.kind.value, "region": words.region, "language": words.language}


def _parts(words: NoticeText) -> dict[str, str]:
    body = "\n\n".join(words.paragraphs)
    return {"heading": words.heading, "body": body, "continue_label": words.continue_label}


def _renew_the_edition(apps: Apps) -> None:
    """Have every process see that there are words now."""
    apps.get_model(APP, "Edition").objects.update_or_create(pk=1, defaults={"name": uuid4().hex})

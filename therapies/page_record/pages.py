"""Puts on record what visitors meet at a page, whenever that is no longer what the record says."""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from wagtail.models import COMMENTS_RELATION_NAME, Page

from home.models import Region
from home.models.region import HOME_DEPTH
from home.ownership import STEP
from home.visibility import UNSEEN_FIELDS
from region_gate.constancy import asked_once, moment
from region_gate.models import Edition
from region_gate.signoff import acting
from therapies.content_walk import PAGE_FIELDS
from therapies.models import Mention, Publication
from therapies.models.publication_record import Why

from .capture import NotOnRecordError, answer
from .signoff import approval_of, signed
from .statements import settle_new

FACTS = ("title", "url", "region_number", "region", "language", "revision", "products")
UNSEEN = {*UNSEEN_FIELDS, COMMENTS_RELATION_NAME}
# What Wagtail keeps with every page and visitors never see.
BOOKKEEPING = {field.name for field in Page._meta.fields} - {*PAGE_FIELDS}


def publish(number: int, why: Why, *, thoroughly: bool = False) -> Publication | None:
    """Put on record what became of the page `number`; return the new entry, None where all is on record.

    `thoroughly` also looks at what the page shows besides its own content, such as a picture's file.
    Raises NotOnRecordError where visitors would be shown no page: then it must not go live, either.
    """
    return _settle(number, why, answer, thoroughly=thoroughly)


def settle(number: int, why: Why, *, thoroughly: bool = False) -> Publication | None:
    """Do as `publish`, for a page that is live already: where it breaks, that is what goes on record."""
    try:
        return publish(number, why, thoroughly=thoroughly)
    except NotOnRecordError:  # the log has the reason
        return leave_blank(number, why)


def leave_blank(number: int, why: Why) -> Publication | None:
    """Put on record that visitors of the live page `number` are shown no page."""
    return _settle(number, why, lambda page: "", thoroughly=True)


@transaction.atomic
def _settle(
    number: int, why: Why, answer_of: Callable[[Page], str], *, thoroughly: bool
) -> Publication | None:
    Edition.lock()
    page = Page.objects.select_for_update().filter(pk=number).first()
    last = Publication.objects.chain(number).last()
    if page is None or not page.live:
        return _end(last, Why.DELETED if page is None else why) if last and last.is_live else None
    entry = _entry(page.specific, why)
    is_known = last is not None and last.is_live and _has_same_facts(last, entry)
    if is_known and not thoroughly:
        return None
    entry.html = answer_of(page)
    if is_known and last and last.html == entry.html:
        return None
    entry.before, entry.why = last, _why(last, entry)
    entry.save()
    return entry


def _end(last: Publication, why: Why) -> Publication:
    """Put on record that visitors meet nothing any more of what was `last` shown."""
    place = {name: getattr(last, name) for name in (*FACTS, "region_name")}
    ended = Publication(
        subject=last.subject,
        since=moment(),
        is_live=False,
        why=why,
        published_by=acting(),
        roles=signed(None)["roles"],
        **place,
    )
    ended.save()
    return ended


def has_unseen(entry: Publication) -> bool:
    """Say whether `entry`, as older ones do, holds what only those see who work on the page."""
    return bool(entry.content) and not UNSEEN.isdisjoint(json.loads(entry.content))


def _shown_content(page: Page) -> dict[str, Any]:
    """Return what the page holds, without what only those see who work on it: documents carry it outside."""
    content: dict[str, Any] = page.serializable_data()
    return {name: value for name, value in content.items() if name not in UNSEEN}


def _entry(page: Page, why: Why) -> Publication:
    region = _region_at(page.path[: HOME_DEPTH * STEP])
    if region:
        settle_new(region.pk)
    revision = page.live_revision
    people = signed(revision)
    approval = approval_of(revision, people["approved_by"])
    return Publication(
        subject=page.pk,
        since=moment(),
        is_live=True,
        why=why,
        title=page.title,
        url=page.full_url or "",
        region_number=region.pk if region else None,
        region=region.code if region else "",
        region_name=region.name if region else "",
        language=page.locale.language_code,
        revision=page.live_revision_id,
        content=_json(_shown_content(page)),
        products=_json(_products(page)),
        approval=_json(asdict(approval) if approval else {}),
        **people,
    )


@asked_once
def _region_at(home: str) -> Region | None:
    return Region.objects.owning(home)


def _products(page: Page) -> list[int]:
    return [*Mention.objects.filter(page=page.pk).order_by("product").values_list("product", flat=True)]


def _has_same_facts(last: Publication, entry: Publication) -> bool:
    is_same = all(getattr(last, name) == getattr(entry, name) for name in FACTS)
    return is_same and _content(last) == _content(entry)


def _why(last: Publication | None, entry: Publication) -> Why:
    """Return what happened to the page: a save is how a live one moves, too."""
    is_same = last is not None and last.is_live and last.revision == entry.revision
    has_moved = is_same and last is not None and last.url != entry.url
    return Why.MOVED if has_moved and entry.why == Why.PUBLISHED else Why(entry.why)


def _content(entry: Publication) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(entry.content)
    return {name: value for name, value in content.items() if name not in BOOKKEEPING}


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)

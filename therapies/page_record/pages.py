"""Puts on record what visitors meet at a page, whenever that is no longer what the record says."""

import json
from dataclasses import asdict
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from home.models import Region
from home.routing import as_served
from therapies.models import Mention, Publication
from therapies.models.publication_record import Why
from therapies.shown import PAGE_FIELDS

from .keeping import kept
from .people import acting, approval_of, approved_by, written_by
from .visiting import shown

FACTS = ("title", "url", "region_number", "region", "language", "revision", "products")
# What Wagtail keeps with every page and visitors never see.
BOOKKEEPING = {field.name for field in Page._meta.fields} - {*PAGE_FIELDS}


def settle(number: int, why: Why, *, thoroughly: bool = False) -> Publication | None:
    """Put on record what became of the page `number`; return the new entry, None where all is on record.

    `thoroughly` also looks at what the page shows besides its own content, such as a picture's file.
    """
    with transaction.atomic():
        page = Page.objects.select_for_update().filter(pk=number).first()
        last = Publication.objects.chain(number).last()
        if page is None or not page.live:
            return _end(last, Why.DELETED if page is None else why) if last and last.is_live else None
        entry = _entry(page.specific, why)
        if last and last.is_live and _says_the_same(last, entry, thoroughly):
            return None
        entry.html = entry.html or _html(page)
        entry.save()
    return entry


def _end(last: Publication, why: Why) -> Publication:
    """Put on record that visitors meet nothing any more of what was `last` shown."""
    place = {name: getattr(last, name) for name in (*FACTS, "region_name")}
    ended = Publication(
        subject=last.subject, since=timezone.now(), is_live=False, why=why, published_by=acting(), **place
    )
    ended.save()
    return ended


def _entry(page: Page, why: Why) -> Publication:
    region = Region.objects.owning(page.path)
    revision = page.live_revision
    approval = approval_of(revision)
    return Publication(
        subject=page.pk,
        since=timezone.now(),
        is_live=True,
        why=why,
        title=page.title,
        url=page.full_url or "",
        region_number=region.pk if region else None,
        region=region.code if region else "",
        region_name=region.name if region else "",
        language=page.locale.language_code,
        revision=page.live_revision_id,
        content=_json(page.serializable_data()),
        products=_json(_products(page)),
        written_by=written_by(revision),
        published_by=acting(),
        approved_by=(approval.approved_by if approval else "") or approved_by(revision),
        approval=_json(asdict(approval) if approval else {}),
    )


def _html(page: Page) -> str:
    page = as_served(page)
    return kept(html, page.full_url or "http://localhost/") if (html := shown(page)) else ""


def _products(page: Page) -> list[int]:
    return [*Mention.objects.filter(page=page.pk).order_by("product").values_list("product", flat=True)]


def _says_the_same(last: Publication, entry: Publication, thoroughly: bool) -> bool:
    if any(getattr(last, name) != getattr(entry, name) for name in FACTS):
        return False
    if _content(last) != _content(entry):
        return False
    if thoroughly:
        entry.html = _html(Page.objects.get(pk=entry.subject))
    return not thoroughly or last.html == entry.html


def _content(entry: Publication) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(entry.content)
    return {name: value for name, value in content.items() if name not in BOOKKEEPING}


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)

"""Puts on record what a label says, whenever that is no longer what the record says."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from region_gate.models import Edition
from region_gate.signoff import acting
from therapies.models import Label, LabelVersion
from therapies.models.label import one_for_each

from .signoff import approved_by, written_by

SECTION = "therapies/includes/labels.html"
COPIED = ("status", "indication", "safety_information", "registration_number", "authority", "instructions")
DATED = ("audience", "effective_from", "review_by", "withdrawn_on")
CIRCUMSTANCES = {"number", "since", "previous", "revision", "written_by", "published_by", "approved_by"}


def settle_label(number: int) -> LabelVersion | None:
    """Put on record what became of the label `number`; return the new entry, None where all is on record."""
    with transaction.atomic():
        Edition.lock()
        label = Label.objects.select_for_update(of=("self",)).filter(pk=number).first()
        last = LabelVersion.objects.chain(number).last()
        if label is not None and label.live:
            entry = _entry(label)
        elif last is not None and last.is_live:
            entry = _ended(last)
        else:
            return None
        if last and _facts(last) == _facts(entry):
            return None
        entry.save()
    return entry


def _entry(label: Label) -> LabelVersion:
    revision = label.live_revision
    return LabelVersion(
        subject=label.pk,
        since=timezone.now(),
        is_live=True,
        product=label.product_id,
        product_name=label.product.name,
        region_number=label.region_id,
        region=label.region.code,
        region_name=label.region.name,
        language=label.locale.language_code,
        rank=label.locale_id,
        revision=revision.pk if revision else None,
        written_by=written_by(revision),
        published_by=acting(),
        approved_by=approved_by(revision),
        sections=json.dumps(_sections(label), sort_keys=True, ensure_ascii=False),
        **{name: getattr(label, name) for name in (*COPIED, *DATED)},
    )


def _ended(last: LabelVersion) -> LabelVersion:
    fields = {field.attname for field in LabelVersion._meta.concrete_fields} - {"id", "sha256"}
    said = {name: getattr(last, name) for name in fields - CIRCUMSTANCES}
    return LabelVersion(**{**said, "is_live": False, "since": timezone.now(), "published_by": acting()})


def _facts(entry: LabelVersion) -> dict[str, Any]:
    return {name: entry._in_text(name) for name in entry.SEALED if name not in CIRCUMSTANCES}


def _sections(label: Label) -> dict[str, str]:
    """Return what pages show of `label`, in each language that a page can have."""
    sections: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            sections[language] = str(render_to_string(SECTION, {"labels": [label]}))
    return sections


def shown_on(versions: Iterable[LabelVersion], language: str) -> list[LabelVersion]:
    """Return which of `versions`, all in force in one region, a page in `language` shows.

    By the rule that pages follow: one for each product, in the page's language, else in the first.
    """
    ordered = sorted(versions, key=lambda version: (version.product_name, version.product, version.rank))
    return one_for_each(((version.product, version.language, version) for version in ordered), language)

"""Puts on record what a label says, whenever that is no longer what the record says."""

import json
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from region_gate.constancy import moment
from region_gate.models import Edition
from therapies.labels.languages import decisions
from therapies.models import Label, LabelText, LabelVersion
from therapies.models.label_text import one_for_each
from therapies.models.label_version import WITHDRAWN

from .settling import settled
from .signoff import signed

SECTION = "therapies/includes/labels.html"
WITHDRAWN_SECTION = "therapies/includes/withdrawn_labels.html"
COPIED = ("indication", "safety_information", "authority", "instructions")
OF_LABEL = ("status", "registration_number", "audience", "effective_from", "review_by", "withdrawn_on")
SAID = (*COPIED, *OF_LABEL)
SIGNED = {"revision", "written_by", "approved_by"}


def settle_label(label: Label) -> list[LabelVersion]:
    """Put on record what became of `label` in each of its languages; return the new entries."""
    numbers = LabelText.objects.filter(label=label.pk).order_by("locale_id").values_list("pk", flat=True)
    return [entry for number in numbers if (entry := settle_text(number))]


def settle_text(number: int) -> LabelVersion | None:
    """Put on record what became of the text `number` of a label; return the new entry, None for none.

    A text that is not needed is none that anybody was shown.
    """
    with transaction.atomic():
        Edition.lock()
        text = LabelText.objects.select_for_update(of=("self",)).filter(pk=number).first()
        last: LabelVersion | None = LabelVersion.objects.chain(number).last()
        is_shown = text is not None and text.label.live and text.is_needed
        return settled(last, _entry(text, last) if text is not None and is_shown else None, SIGNED)


def _entry(text: LabelText, last: LabelVersion | None) -> LabelVersion:
    label = text.label
    entry = LabelVersion(
        subject=text.pk,
        label=label.pk,
        since=moment(),
        is_live=True,
        product=label.product_id,
        product_name=label.product.name,
        region_number=label.region_id,
        region=label.region.code,
        region_name=label.region.name,
        language=text.language,
        rank=text.locale_id,
        revision=label.live_revision_id,
        sections=json.dumps(_sections(text), sort_keys=True, ensure_ascii=False),
        languages=decisions(label.stored_texts()),
        **{name: getattr(text, name) for name in COPIED},
        **{name: getattr(label, name) for name in OF_LABEL},
        **signed(label.live_revision),
    )
    if last and last.is_live and all(getattr(last, name) == getattr(entry, name) for name in SAID):
        # Only names around its words have changed: these were written and approved as before.
        for name in SIGNED:
            setattr(entry, name, getattr(last, name))
    return entry


def _sections(text: LabelText) -> dict[str, str]:
    """Return what pages show of `text`, in each language that a page can have, and from its last day on."""
    sections: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            sections[language] = str(render_to_string(SECTION, {"labels": [text]}))
            if text.label.withdrawn_on:
                marked = render_to_string(WITHDRAWN_SECTION, {"withdrawn_labels": [text]})
                sections[f"{language}{WITHDRAWN}"] = str(marked)
    return sections


def shown_on(versions: Iterable[LabelVersion], language: str) -> list[LabelVersion]:
    """Return which of `versions`, all in force in one region, a page in `language` shows.

    By the rule that pages follow: one for each product, in the page's language, else in the first.
    """
    ordered = sorted(versions, key=lambda version: (version.product_name, version.product, version.rank))
    return one_for_each(((version.product, version.language, version) for version in ordered), language)

"""Alerts about live pages and labels that point to something missing."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.models import Page, ReferenceIndex

from therapies.comparing.text_fields import KINDS
from therapies.formatting import language_name
from therapies.models import LabelText
from therapies.usage.missing import Stock
from therapies.usage.targets import Target, targets_of

from .alerts import ALERTS_HOOK, Alert, Source, Watch


class Pointer(NamedTuple):
    """What a live page or label points to; `alert` names whose it is, and no reason yet."""

    target: Target
    locale: int
    alert: Alert


def missing_parts(watch: Watch) -> Iterator[Alert]:
    """Yield alerts about everything that live pages and labels point to and visitors cannot get."""
    pointers = dict.fromkeys([*_from_pages(watch), *_from_labels(watch)])
    stock = Stock(pointer.target for pointer in pointers)
    for target, locale, alert in pointers:
        if found := stock.missing(target, locale):
            yield Alert(alert.region, alert.subject, f"{found.name}: {found.why}", alert.address)


def _from_pages(watch: Watch) -> Iterator[Pointer]:
    fields = ("pk", "title", "path", "locale_id", "locale__language_code")
    pages = {str(row[0]): row for row in Page.objects.live().values_list(*fields)}
    kinds = {kind.pk: model for model, kind in _content_types().items()}
    rows = ReferenceIndex.objects.filter(base_content_type=ContentType.objects.get_for_model(Page))
    keys = rows.filter(to_content_type__in=kinds).values_list("object_id", "to_content_type", "to_object_id")
    for page, kind, key in keys.order_by("object_id", "to_content_type", "to_object_id").distinct():
        if page in pages and (alert := _about(watch, *pages[page])):
            yield Pointer(Target(kinds[kind], int(key), ""), pages[page][3], alert)


def _about(watch: Watch, pk: int, title: str, path: str, _locale: int, language: str) -> Alert | None:
    """Return an alert about the page without a reason; None where it is not the person's."""
    home = watch.dataset.home_above(path)
    if not (home.region_id in watch.regions if home else watch.reach.is_whole):
        return None
    address = watch.reach.page_address(pk, home.region_id if home else None)
    return Alert(home.slug if home else "", f"{title} ({language_name(language)})", "", address)


def _from_labels(watch: Watch) -> Iterator[Pointer]:
    texts = LabelText.objects.filter(label__live=True, label__region__in=watch.regions)
    pointing = texts.filter(instructions_document__isnull=False).order_by("label", "instructions_document")
    pointing = pointing.select_related("label__product", "label__region")
    for (_label, _document), found in groupby(
        pointing, lambda text: (text.label_id, text.instructions_document_id)
    ):
        text = next(found)
        label = text.label
        address = watch.reach.label_address(label.pk, label.region_id)
        alert = Alert(label.region.code, str(label), "", address)
        for target in targets_of(text):
            yield Pointer(target, text.locale_id, alert)


def _content_types() -> dict[type, ContentType]:
    return ContentType.objects.get_for_models(*(kind() for kind in KINDS.values()))


@hooks.register(ALERTS_HOOK)
def attention_to_missing_parts() -> Source:
    """Add what is missing."""
    return Source("missing", gettext_lazy("Missing from live pages"), missing_parts, 55)

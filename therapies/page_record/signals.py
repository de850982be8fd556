"""When the record is written: whenever what visitors meet, or what a label says, may have changed."""

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move, published

from therapies import publication
from therapies.models import Label, Mention, Product, Publication
from therapies.models.publication_record import Why

from .labels import settle_label
from .pages import settle


@receiver(page_published)
def record_what_goes_live(instance: Page, **kwargs: Any) -> None:
    """Put a publication on record in its own transaction: nothing is published that is not on record."""
    settle(instance.pk, Why.PUBLISHED, thoroughly=True)


@receiver(page_unpublished)
def record_what_comes_down(instance: Page, **kwargs: Any) -> None:
    """Put on record that a page is not to be met any more."""
    settle(instance.pk, Why.UNPUBLISHED)


@receiver(post_delete, sender=Page)
def record_what_is_deleted(instance: Page, **kwargs: Any) -> None:
    """Put on record that a page is gone."""
    settle(instance.pk, Why.DELETED)


@receiver(post_page_move)
def record_what_moves(instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any) -> None:
    """Put the new addresses on record of a page that has moved and of all below it."""
    if url_path_before != url_path_after:
        _settle_all(Page.objects.descendant_of(instance, inclusive=True).live())


@receiver(page_slug_changed)
def record_new_addresses(instance: Page, **kwargs: Any) -> None:
    """Put the new addresses on record of all that is below a page which was renamed."""
    _settle_all(Page.objects.descendant_of(instance).live())


@receiver(post_save)
def record_what_is_saved(
    instance: models.Model, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Put on record what goes live or down without a publication, and parts of pages that change.

    Once all is saved: a page's references are written after the page, a picture's file goes last.
    """
    if raw:
        return
    if isinstance(instance, Label):
        settle_label(instance.pk)
    elif isinstance(instance, Page) and _matters(instance, update_fields):
        why = Why.PUBLISHED if instance.live else Why.UNPUBLISHED
        transaction.on_commit(partial(settle, instance.pk, why), robust=True)
    elif publication.is_part(instance):
        transaction.on_commit(partial(_settle_pages_showing, instance), robust=True)


@receiver(post_delete, sender=Label)
def record_a_deleted_label(instance: Label, **kwargs: Any) -> None:
    """Put on record that a label is gone."""
    settle_label(instance.pk)


@receiver(published, sender=Product)
def record_new_names(instance: Product, **kwargs: Any) -> None:
    """Put on record what a product's new names change: its labels' headings, and what pages name."""
    for label in Label.objects.filter(product=instance.pk, live=True).values_list("pk", flat=True):
        settle_label(label)
    named = _named_by_page()
    for page, recorded in Publication.objects.open().values_list("subject", "products"):
        if named[page] != set(json.loads(recorded)):
            settle(page, Why.CHANGED)


def _named_by_page() -> defaultdict[int, set[int]]:
    named: defaultdict[int, set[int]] = defaultdict(set)
    for page, product in Mention.objects.values_list("page", "product"):
        named[page].add(product)
    return named


def _matters(page: Page, update_fields: Iterable[str] | None) -> bool:
    return update_fields is None or "live" in update_fields or publication.is_showing(page, update_fields)


def _settle_all(pages: models.QuerySet[Page]) -> None:
    for number in pages.values_list("pk", flat=True):
        settle(number, Why.MOVED)


def _settle_pages_showing(part: models.Model) -> None:
    for page in publication.pages_showing(part):
        settle(page.pk, Why.CHANGED, thoroughly=True)

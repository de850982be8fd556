"""When the record is written: whenever what visitors meet, or what a label says, may have changed."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection, models, transaction
from wagtail.models import Page, Site

from home.models import Region
from region_gate.pipeline import Event, Stage, step
from therapies.guard import checkpoints
from therapies.models import (
    Label,
    LabelText,
    Mention,
    Product,
    Publication,
    Statement,
    StatementText,
)
from therapies.models.publication_record import Why

from .labels import settle_label, settle_text
from .pages import leave_blank, publish, settle
from .statements import settle_statement, settle_words
from .surroundings import changes_navigation, has_a_place, settle_later

# What no page shows of its region.
UNSEEN = {"name", "collection", "further_hosts"}
# The attribute in which a page that was saved keeps the entry made of it, until its publication is done.
SAVED = "_saved_on_record"


@step(Event.PAGE_PUBLISHED, Stage.RECORD, Page)
def record_what_goes_live(instance: Page, **kwargs: Any) -> None:
    """Put a publication on record as it is once all of it is saved, with the new addresses below it."""
    saved: Publication | None = instance.__dict__.pop(SAVED, None)
    entry = publish(instance.pk, Why.PUBLISHED, thoroughly=True)
    if any(map(_has_moved, filter(None, (saved, entry)))):
        _record_moved(Page.objects.descendant_of(instance).live())


@step(Event.PAGE_UNPUBLISHED, Stage.RECORD, Page)
def record_what_comes_down(instance: Page, **kwargs: Any) -> None:
    """Put on record that a page is not to be met any more."""
    settle(instance.pk, Why.UNPUBLISHED)


@step(Event.POST_DELETE, Stage.RECORD, Page)
def record_what_is_deleted(instance: Page, **kwargs: Any) -> None:
    """Put on record that a page is gone."""
    settle(instance.pk, Why.DELETED)


@step(Event.POST_PAGE_MOVE, Stage.RECORD, Page)
def record_what_moves(instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any) -> None:
    """Put the new addresses on record of a page that has moved and of all below it, or its new order."""
    if url_path_before != url_path_after:
        _record_moved(Page.objects.descendant_of(instance, inclusive=True).live())
    elif (
        instance.live and has_a_place(instance.specific) and (region := Region.objects.owning(instance.path))
    ):
        settle_later(region.pk)  # the order of the menu


@step(Event.PAGE_SLUG_CHANGED, Stage.RECORD, Page)
def record_new_addresses(instance: Page, **kwargs: Any) -> None:
    """Put the new addresses on record of all that is below a page which was renamed."""
    for number in Page.objects.descendant_of(instance).live().values_list("pk", flat=True):
        settle(number, Why.MOVED)


@step(Event.POST_SAVE, Stage.RECORD, Site)
@step(Event.POST_DELETE, Stage.RECORD, Site)
def record_addresses_of_sites(**kwargs: Any) -> None:
    """Put the new addresses on record of pages to which a site's change gives others, or none."""
    addresses = _new_addresses()
    for number in [number for number, url in addresses.items() if not url]:
        leave_blank(number, Why.MOVED)
    _record_moved(Page.objects.filter(pk__in=[number for number, url in addresses.items() if url]))


@step(Event.POST_SAVE, Stage.RECORD, Page)
def record_what_is_saved(instance: Page, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Put on record what goes live or down, whoever saves it; nothing is live that is not on record."""
    if _matters(instance, update_fields):
        _record_saved(instance)


@step(Event.POST_SAVE, Stage.RECORD, *checkpoints.part_models())
def record_pages_by_parts(instance: models.Model, **kwargs: Any) -> None:
    """Put on record the pages that show a part which changes, once all is saved: a file goes last."""
    transaction.on_commit(lambda: _settle_pages_showing(instance), robust=True)


@step(Event.POST_SAVE, Stage.RECORD, Region)
def record_pages_by_region(
    instance: Region, created: bool, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Put on record the pages that show a region's contact or countries, once all is saved."""
    if not created and (update_fields is None or {*update_fields} - UNSEEN):
        settle_later(instance.pk)


@step(Event.PUBLISHED, Stage.RECORD, Statement)
@step(Event.UNPUBLISHED, Stage.RECORD, Statement)
def record_pages_by_statement(instance: Statement, **kwargs: Any) -> None:
    """Put on record what a statement says, and the pages that have no place for it as older ones."""
    settle_statement(instance)
    settle_later(instance.region_id)


@step(Event.POST_SAVE, Stage.RECORD, StatementText)
@step(Event.POST_DELETE, Stage.RECORD, StatementText)
def record_pages_by_words_of_statements(instance: StatementText, **kwargs: Any) -> None:
    """Do the same where the words of a live statement change in one language, or are gone."""
    settle_words(instance.pk)
    if instance.statement.live:
        settle_later(instance.statement.region_id)


@step(Event.POST_SAVE, Stage.RECORD, Publication)
def record_pages_around(instance: Publication, **kwargs: Any) -> None:
    """Put on record the pages whose header, menu or footer shows another page, once that has changed."""
    if instance.region_number and changes_navigation(instance):
        settle_later(instance.region_number)


def _record_saved(page: Page) -> None:
    """Put `page` on record, and again once all is saved, for what is written after the page itself.

    Its publication, where this is a part of one, sees to the latter.
    """
    entry = publish(page.pk, Why.PUBLISHED if page.live else Why.UNPUBLISHED)
    if not page.live:
        return
    setattr(page, SAVED, entry)

    def look_again() -> None:
        if SAVED in page.__dict__:
            settle(page.pk, Why.CHANGED, thoroughly=page.__dict__.pop(SAVED) is not None)

    transaction.on_commit(look_again, robust=True)


@step(Event.SAVED_WHOLE, Stage.RECORD, Label)
def record_labels(instance: Label, **kwargs: Any) -> None:
    """Put on record what a label says from now on, in each of its languages."""
    settle_label(instance)


@step(Event.POST_DELETE, Stage.RECORD, LabelText)
def record_languages_that_go(instance: LabelText, **kwargs: Any) -> None:
    """Put on record that a label has no text in a language any more, or is gone."""
    settle_text(instance.pk)


@step(Event.PUBLISHED, Stage.RECORD, Product)
def record_new_names(instance: Product, **kwargs: Any) -> None:
    """Put on record what a product's new names change: its labels' headings, and what pages name."""
    for label in Label.objects.filter(product=instance.pk, live=True):
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
    if page.is_root():
        return False
    return update_fields is None or "live" in update_fields or checkpoints.is_showing(page, update_fields)


def _has_moved(entry: Publication) -> bool:
    """Say whether `entry` gave its page another address."""
    return entry.before is not None and entry.before.is_live and entry.before.url != entry.url


def _new_addresses() -> dict[int, str]:
    """Return the addresses of live pages that are on record with others, by the pages' numbers."""
    recorded = dict(Publication.objects.open().values_list("subject", "url"))
    live = Page.objects.live().filter(pk__in=recorded)
    addresses = {page.pk: page.full_url or "" for page in live}
    return {number: url for number, url in addresses.items() if url != recorded[number]}


def _record_moved(pages: models.QuerySet[Page]) -> None:
    """Put the new addresses of `pages` on record; refuse them where one of the pages breaks there.

    One that was broken before stays so. Outside a transaction, as in code, it is too late to refuse.
    """
    broken = {*Publication.objects.blank().values_list("subject", flat=True)}
    for number in pages.values_list("pk", flat=True):
        put = publish if connection.in_atomic_block and number not in broken else settle
        put(number, Why.MOVED)


def _settle_pages_showing(part: models.Model) -> None:
    for page in checkpoints.pages_showing(part):
        settle(page.pk, Why.CHANGED, thoroughly=True)

"""What happens when a region is opened, a page is sent on, and anything that names products is saved."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.dispatch import receiver
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Revision
from wagtail.signals import copy_for_translation_done

from home.access import region_opened
from home.approval import is_held
from home.finding.changes import find_source
from home.models import Region
from home.permissions import GroupPermissions
from home.submission import day_of, page_sent
from region_gate.models import Edition
from region_gate.pipeline import Event, Stage, step

from . import proposing
from .catching_up import deciding
from .guard import checkpoints
from .guard.label_check import find_unlabelled, named_in
from .guard.label_ending import take_down_what_is_left, take_down_what_names
from .labels.label_source import LabelSource
from .labels.languages import check_languages
from .labels.succession import end_what_is_replaced, prepare_succession
from .models import Label, LabelText, Product, Reference, Statement, StatementText, TherapyPage
from .statements.rules import check_statement
from .statements.statement_source import StatementSource
from .usage import uses

PARTS = checkpoints.part_models()


@step(Event.PRE_SAVE, Stage.GUARD, Page)
def guard_pages(instance: Page, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Refuse to save a page that would show a name which no label allows."""
    checkpoints.check_page(instance, update_fields=update_fields)
    if checkpoints.is_showing(instance, update_fields):
        instance.before_publication = deciding.before_publication(instance)


@step(Event.PRE_SAVE, Stage.GUARD, Label)
def guard_labels(instance: Label, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Refuse to save a second label in force, one that no label allows, or one that lacks a language."""
    is_whole = instance.live and update_fields is None
    if is_whole:
        prepare_succession(instance)
    checkpoints.check_label(instance)
    if is_whole:
        check_languages(instance)


@step(Event.PRE_SAVE, Stage.GUARD, Statement)
def guard_statements(instance: Statement, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Refuse to publish a statement that lacks a language or names another product than its own."""
    if instance.live and update_fields is None:
        check_statement(instance)


@step(Event.PRE_SAVE, Stage.GUARD, Region)
def guard_regions(instance: Region, **kwargs: Any) -> None:
    """Refuse to save a region of which pages would show a name which no label allows."""
    checkpoints.check_region(instance)


@step(Event.PRE_SAVE, Stage.GUARD, *PARTS)
def guard_parts(instance: models.Model, **kwargs: Any) -> None:
    """Refuse to save a part of live pages that would show a name which no label allows."""
    checkpoints.check_part(instance)


@step(Event.PRE_DELETE, Stage.LOCK, Page, Label, LabelText, Statement, StatementText, *PARTS)
def delete_in_turn(**kwargs: Any) -> None:
    """Have whatever visitors see be deleted while nobody else decides about it."""
    Edition.lock_in_transaction()


@step(Event.PRE_SAVE, Stage.GUARD, Revision)
def guard_what_is_scheduled(instance: Revision, **kwargs: Any) -> None:
    """Refuse to schedule what no label allows on that day."""
    if not instance.approved_go_live_at:
        return
    page = instance.as_object()
    if isinstance(page, Page):
        checkpoints.check_on(page, day_of(instance.approved_go_live_at))


@step(Event.PRE_PAGE_MOVE, Stage.GUARD, Page)
def guard_what_moves(instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Refuse to move live pages to where no label allows what they name."""
    checkpoints.check_move(instance, parent_page_after)


@receiver(page_sent)
def say_what_speaks_against_sending(
    page: Page, parent: Page | None, on: date, **kwargs: Any
) -> dict[str, list[str]]:
    """Tell whoever sends a page on which names no label allows, at their fields.

    What waits to go live together with others is judged with them: their labels may allow it.
    """
    if page.pk and is_held(page):
        return {}
    place = Region.objects.owning(page.path or (parent.path if parent else ""))
    errors: dict[str, list[str]] = {}
    for finding in find_unlabelled(named_in(page), [place], on):
        errors.setdefault(finding.named.attribute, []).append(str(finding))
    return errors


@step(Event.PAGE_PUBLISHED, Stage.PROVISION, TherapyPage)
def approve_the_topic(instance: TherapyPage, **kwargs: Any) -> None:
    """Let every region write about a proposed topic, once a page about it goes live."""
    proposing.approve(instance)


@step(Event.POST_SAVE, Stage.MENTIONS, Page)
def keep_mentions(instance: Page, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Keep in mind which products a page names."""
    if checkpoints.is_showing(instance, update_fields):
        checkpoints.keep_mentions(instance)


@step(Event.POST_SAVE, Stage.MENTIONS, *PARTS)
def keep_mentions_by_parts(instance: models.Model, **kwargs: Any) -> None:
    """Keep in mind which products the pages name that show a part."""
    for page in checkpoints.pages_showing(instance):
        checkpoints.keep_mentions(page)


@step(Event.PUBLISHED, Stage.MENTIONS, Product)
def look_for_new_names(**kwargs: Any) -> None:
    """Look for a product's new names on all pages."""
    checkpoints.keep_all_mentions()


@step(Event.SAVED_WHOLE, Stage.SUCCEED, Label)
def end_the_label_before(instance: Label, **kwargs: Any) -> None:
    """End what a label that is live replaces, in the same decision."""
    end_what_is_replaced(instance)


@step(Event.PUBLISHED, Stage.TAKE_DOWN, Product)
def take_down_by_new_names(instance: Product, **kwargs: Any) -> None:
    """Take down what no label allows by a product's new names, where that is wanted."""
    take_down_what_names(instance)


@step(Event.PUBLISHED, Stage.TAKE_DOWN, Label)
@step(Event.UNPUBLISHED, Stage.TAKE_DOWN, Label)
@step(Event.POST_DELETE, Stage.TAKE_DOWN, Label)
def take_down_without_label(instance: Label, **kwargs: Any) -> None:
    """Take down what the label's change has left without one in force, where that is wanted."""
    take_down_what_is_left(instance)


@step(Event.SAVED_WHOLE, Stage.INDEX, Label)
@step(Event.POST_DELETE, Stage.INDEX, Label)
def have_labels_found(instance: Label, **kwargs: Any) -> None:
    """Have visitors find pages by the words of the region's labels as they are now."""
    find_source(LabelSource(), instance.region)


@step(Event.PUBLISHED, Stage.INDEX, Statement)
@step(Event.UNPUBLISHED, Stage.INDEX, Statement)
@step(Event.POST_DELETE, Stage.INDEX, Statement)
def have_statements_found(instance: Statement, **kwargs: Any) -> None:
    """Have visitors find pages by the words of the region's statements as they are now."""
    find_source(StatementSource(), instance.region)


@step(Event.PAGE_PUBLISHED, Stage.FOLLOW, Page)
def follow(instance: Page, **kwargs: Any) -> None:
    """Note which pages are behind by a publication, and what the page itself has taken over with it."""
    deciding.note_change(instance, getattr(instance, "before_publication", None))
    deciding.take_effect(instance, instance.live_revision_id)


@receiver(copy_for_translation_done)
def note_what_a_translation_begins_as(source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """Note the state of the source that a new translation starts from."""
    if isinstance(target_obj, Page):
        deciding.begin_translation(target_obj, source_obj)


@receiver(region_opened)
def let_people_work_on_treatment_content(**kwargs: Any) -> GroupPermissions:
    """Let editors add references, and legal keep products and what is its region's, all by review."""
    reviewed = ("product", "label", "statement")
    seen = tuple(f"therapies.view_{name}" for name in ("topic", "reference", *reviewed))
    kept = tuple(f"therapies.{act}_{name}" for name in reviewed for act in ("add", "change"))
    return GroupPermissions(editors=(*seen, "therapies.add_reference"), legal=(*seen, *kept))


@step(Event.PRE_DELETE, Stage.GUARD, Reference)
def keep_what_is_cited(instance: Reference, **kwargs: Any) -> None:
    """Refuse to delete a reference that a page cites, by whichever way."""
    uses.check_uncited(instance)


@step(Event.PRE_DELETE, Stage.GUARD, get_image_model(), get_document_model())
def keep_what_is_shown(instance: models.Model, **kwargs: Any) -> None:
    """Refuse to delete a file that what is live shows, by whichever way."""
    uses.check_unused(instance)

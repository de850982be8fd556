"""What happens when a region is opened, a page is sent on, and anything that names products is saved."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Revision
from wagtail.signals import pre_page_move, published

from home.access import region_opened
from home.models import Region
from home.permissions import GroupPermissions
from home.submission import day_of, page_sent
from region_gate.models import Edition

from .guard import checkpoints
from .guard.label_check import find_unlabelled, named_in
from .guard.label_ending import take_down_what_names
from .models import Label, Product, Reference
from .usage import uses


@receiver(pre_save)
def guard_what_goes_live(
    instance: models.Model, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Stand in the way of every save that would show a name which no label allows."""
    if raw:
        return
    if isinstance(instance, Page):
        checkpoints.check_page(instance, update_fields=update_fields)
    elif isinstance(instance, Label):
        checkpoints.check_label(instance)
    elif isinstance(instance, Region):
        checkpoints.check_region(instance)
    elif checkpoints.is_part(instance):
        checkpoints.check_part(instance)


@receiver(pre_delete)
def delete_in_turn(instance: models.Model, **kwargs: Any) -> None:
    """Have whatever visitors see be deleted while nobody else decides about it."""
    if isinstance(instance, Page | Label) or checkpoints.is_part(instance):
        Edition.lock_in_transaction()


@receiver(pre_save, sender=Revision)
def guard_what_is_scheduled(instance: Revision, raw: bool = False, **kwargs: Any) -> None:
    """Refuse to schedule what no label allows on that day."""
    if raw or not instance.approved_go_live_at:
        return
    page = instance.as_object()
    if isinstance(page, Page):
        checkpoints.check_on(page, day_of(instance.approved_go_live_at))


@receiver(pre_page_move)
def guard_what_moves(instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Refuse to move live pages to where no label allows what they name."""
    checkpoints.check_move(instance, parent_page_after)


@receiver(page_sent)
def say_what_speaks_against_sending(
    page: Page, parent: Page | None, on: date, **kwargs: Any
) -> dict[str, list[str]]:
    """Tell whoever sends a page on which names no label allows, at their fields."""
    place = Region.objects.owning(page.path or (parent.path if parent else ""))
    errors: dict[str, list[str]] = {}
    for finding in find_unlabelled(named_in(page), [place], on):
        errors.setdefault(finding.named.attribute, []).append(str(finding))
    return errors


@receiver(post_save)
def keep_mentions(
    instance: models.Model, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Keep in mind which products a page names, and a part that pages show."""
    if raw:
        return
    if isinstance(instance, Page) and checkpoints.is_showing(instance, update_fields):
        checkpoints.keep_mentions(instance)
    elif checkpoints.is_part(instance):
        for page in checkpoints.pages_showing(instance):
            checkpoints.keep_mentions(page)


@receiver(published, sender=Product)
def look_for_new_names(instance: Product, **kwargs: Any) -> None:
    """Look for a product's new names on all pages."""
    checkpoints.keep_all_mentions()
    take_down_what_names(instance)


@receiver(region_opened)
def let_people_work_on_treatment_content(**kwargs: Any) -> GroupPermissions:
    """Let editors add references, and legal keep products and its region's labels, both by review."""
    seen = tuple(f"therapies.view_{name}" for name in ("topic", "reference", "product", "label"))
    kept = tuple(f"therapies.{act}_{name}" for name in ("product", "label") for act in ("add", "change"))
    return GroupPermissions(editors=(*seen, "therapies.add_reference"), legal=(*seen, *kept))


@receiver(pre_delete, sender=Reference)
def keep_what_is_cited(instance: Reference, **kwargs: Any) -> None:
    """Refuse to delete a reference that a page cites, by whichever way."""
    uses.check_uncited(instance)


@receiver(pre_delete, sender=get_image_model())
@receiver(pre_delete, sender=get_document_model())
def keep_what_is_shown(instance: models.Model, **kwargs: Any) -> None:
    """Refuse to delete a file that what is live shows, by whichever way."""
    uses.check_unused(instance)

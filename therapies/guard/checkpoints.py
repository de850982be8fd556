"""Where the guard stands: at every way in which something goes live."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models, transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from home.models import Region
from home.ownership import owner_at
from region_gate import clock
from region_gate.models import Edition
from therapies.content_walk import PAGE_FIELDS
from therapies.models import Label, Mention, Reference

from .label_check import Named, UnlabelledError, find_unlabelled, named_in, refuse_unlabelled
from .visible_text import visible_text_of

Places = Iterable[Region | None]
# The attribute in which a page that is being saved keeps what it names, from its check to its mentions.
NAMED = "_named"


def check_page(page: Page, *, update_fields: Iterable[str] | None = None) -> None:
    """Raise UnlabelledError where saving `page` shows visitors a name that no label allows."""
    if not page.live and renames_live_pages(page):
        slugs = [one for one in named_in(page) if one.attribute == "slug"]
        refuse_unlabelled(slugs, places_of(page), clock.today())
    if not is_showing(page, update_fields):
        return
    Edition.lock_in_transaction()
    named = _named_by(page)
    findings = find_unlabelled(named, places_of(page), clock.today())
    if findings and not _is_live_already(page):
        raise UnlabelledError(findings)
    setattr(page, NAMED, named)


def renames_live_pages(page: Page) -> bool:
    """Say whether saving `page` gives live pages below it another address."""
    slug = Page.objects.filter(pk=page.pk).values_list("slug", flat=True).first() if page.pk else None
    if slug is None or slug == page.slug:
        return False
    return Page.objects.descendant_of(page).live().exists()


def check_region(region: Region) -> None:
    """Raise UnlabelledError where the texts of `region` name a product that no label there allows."""
    Edition.lock_in_transaction()
    refuse_unlabelled(named_in(region), [region if region.pk else None], clock.today())


def check_on(page: Page, on: date) -> None:
    """Raise UnlabelledError where `page` names a product that no label allows on the day `on`."""
    refuse_unlabelled(_named_by(page), places_of(page), on)


def check_move(page: Page, parent: Page) -> None:
    """Raise UnlabelledError where a live page at or below `page` may not stand below `parent`."""
    Edition.lock_in_transaction()
    place = Region.objects.owning(parent.path)
    if place == Region.objects.owning(page.path):
        return
    moved = Page.objects.descendant_of(page, inclusive=True).live().specific()
    named = [one for moved_page in moved for one in named_in(moved_page)]
    refuse_unlabelled(named, [place], clock.today())


def check_label(label: Label) -> None:
    """Raise RefusedError where a live label has a rival, or names another product that no label allows."""
    if not label.live:
        return
    label.check_rivals()
    if _only_ends(label):
        return  # the end of a label waits for nothing
    said = [one for text in label.texts.all() for one in named_in(text)]
    others = [one for one in [*named_in(label), *said] if one.product != label.product_id]
    refuse_unlabelled(others, [label.region], label.effective_from or clock.today())


def check_part(part: models.Model) -> None:
    """Raise UnlabelledError where `part` names a product without a label on a live page that shows it."""
    Edition.lock_in_transaction()
    if part.pk and (named := named_in(part)):
        refuse_unlabelled(named, _places_at(page.path for page in pages_showing(part)), clock.today())


def part_models() -> tuple[type[models.Model], ...]:
    """Return the models of what is shown on pages as a part of them."""
    return (Reference, get_document_model(), get_image_model())


def is_showing(page: Page, update_fields: Iterable[str] | None) -> bool:
    """Say whether saving `page` (only `update_fields`, None: all) sets what visitors see."""
    if not page.live or update_fields is None:
        return page.live
    own = (field.name for field in page._meta.concrete_fields if not issubclass(Page, field.model))
    return not {"live", "path", *PAGE_FIELDS, *own}.isdisjoint(update_fields)


def places_of(page: Page) -> set[Region | None]:
    """Return the regions in which `page` and its aliases stand; None for outside all regions."""
    aliases = Page.objects.filter(alias_of=page.pk).values_list("path", flat=True) if page.pk else ()
    return _places_at([page.path, *aliases])


def pages_showing(part: models.Model) -> list[Page]:
    """Return the live pages that `part` is shown on."""
    uses = ReferenceIndex.get_references_to(part).filter(base_content_type__model="page")
    return list(Page.objects.live().filter(pk__in=[use.object_id for use in uses]))


def keep_mentions(page: Page) -> None:
    """Store which products the live `page` names."""
    found: list[Named] | None = page.__dict__.pop(NAMED, None)
    named = {one.product for one in (_named_by(page) if found is None else found)}
    Mention.objects.filter(page=page.pk).exclude(product__in=named).delete()
    Mention.objects.bulk_create(
        (Mention(page_id=page.pk, product_id=product) for product in sorted(named)), ignore_conflicts=True
    )


def keep_all_mentions() -> None:
    """Store again which products each live page names, after names have changed."""
    with transaction.atomic():
        Edition.lock()
        for page in Page.objects.live().specific().iterator():
            keep_mentions(page)


def _named_by(page: Page) -> list[Named]:
    """Return what `page` names, with what only its specific class knows."""
    whole = [page] if isinstance(page, page.specific_class or Page) else [page, page.specific]
    return [one for part in whole for one in named_in(part)]


def _places_at(paths: Iterable[str]) -> set[Region | None]:
    paths = [*paths]
    regions = Region.objects.owners_of(paths)
    return {owner_at(path, regions) for path in paths}


def _is_live_already(page: Page) -> bool:
    """Say whether visitors see exactly this already, so that there is nothing to refuse."""
    stored: Any = type(page)._default_manager.filter(pk=page.pk).first()
    if stored is None or not stored.live or stored.live_revision_id != page.live_revision_id:
        return False
    return [*visible_text_of(stored)] == [*visible_text_of(page)]


def _only_ends(label: Label) -> bool:
    """Say whether `label`, live in its region in just these words, has ended: that claims nothing new."""
    if label.withdrawn_on is None or label.withdrawn_on > clock.today():
        return False
    stored = Label.objects.filter(pk=label.pk, live=True, region=label.region_id).first()
    return stored is not None and _says(stored) == _says(label)


def _says(label: Label) -> tuple[object, ...]:
    """Return the words of `label`, those of all its languages among them."""
    return [*visible_text_of(label)], {text.locale_id: text.words for text in label.texts.all()}

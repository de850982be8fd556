"""What happens when a region's home page appears, and when what visitors find changes."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from region_gate.pipeline import Event, Stage, step

from .access import open_region
from .finding.changes import find_contact, find_page, forget_page
from .models import Region, RegionHomePage
from .visibility import UNSEEN_FIELDS


@step(Event.POST_SAVE, Stage.PROVISION, RegionHomePage)
def open_region_with_its_home(instance: RegionHomePage, created: bool, **kwargs: Any) -> None:
    """Let a region's people work in each of its home pages from the start."""
    if created:
        open_region(instance.region)


@step(Event.POST_SAVE, Stage.INDEX, Page)
def have_a_page_found(instance: Page, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Have visitors find a page by what it says from now on, or find it no more; a draft changes nothing."""
    if update_fields is None:
        find_page(instance)
    elif not UNSEEN_FIELDS.issuperset(update_fields):
        find_page(Page.objects.get(pk=instance.pk))


@step(Event.POST_PAGE_MOVE, Stage.INDEX, Page)
def have_what_moves_found(instance: Page, **kwargs: Any) -> None:
    """Have visitors find a page, and those below it, where they stand now."""
    for page in Page.objects.descendant_of(instance, inclusive=True).live().specific():
        find_page(page)


@step(Event.POST_DELETE, Stage.INDEX, Page)
def have_what_is_deleted_found_no_more(instance: Page, **kwargs: Any) -> None:
    """Have nobody find a page that is gone."""
    forget_page(instance)


@step(Event.POST_SAVE, Stage.INDEX, Region)
def have_a_region_found(instance: Region, **kwargs: Any) -> None:
    """Have visitors find how to reach a region."""
    find_contact(instance)

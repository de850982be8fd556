"""What must not happen to what is held."""

from typing import Any

from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from region_gate.models import Edition
from region_gate.pipeline import Event, Stage, step

from . import protection
from .held_rows import DELETED


@step(Event.PRE_DELETE, Stage.HOLD, *DELETED)
def keep_what_is_held(instance: Model, **kwargs: Any) -> None:
    """Have nothing deleted that is held, by whichever way; nobody sets a hold meanwhile."""
    Edition.lock_in_transaction()
    protection.check_deletion(instance)


@step(Event.PRE_SAVE, Stage.HOLD, get_document_model(), get_image_model())
def keep_held_files(instance: Any, **kwargs: Any) -> None:
    """Have no file replaced that is held."""
    protection.check_file(instance)


@step(Event.PRE_PAGE_MOVE, Stage.HOLD, Page)
def keep_held_pages_in_place(instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Have no page leave what is held."""
    protection.check_move(instance, parent_page_after)

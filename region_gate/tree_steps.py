"""Has the gate read the regions anew when a page that makes one changes; only where `TREES` makes them."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Locale, Page, Site

from region_gate import snapshot, trees
from region_gate.pipeline import Event, Stage, step

DECISIVE = {"live", "title", "slug", "url_path", "locale"}


@step(Event.POST_SAVE, Stage.RENEW, Page)
def renew_with_pages(instance: Page, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Renew with a region's page, or one above: made, published, unpublished, renamed; no draft."""
    is_decisive = update_fields is None or not DECISIVE.isdisjoint(update_fields)
    if is_decisive and (instance.numchild or trees.concerns(instance)):
        snapshot.invalidate()


@step(Event.POST_DELETE, Stage.RENEW, Page)
@step(Event.POST_PAGE_MOVE, Stage.RENEW, Page)
@step(Event.POST_SAVE, Stage.RENEW, Site, Locale)
@step(Event.POST_DELETE, Stage.RENEW, Site, Locale)
def renew_with_the_tree(**kwargs: Any) -> None:
    """Renew with what may move a region's page or take it away."""
    snapshot.invalidate()

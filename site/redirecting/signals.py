"""What happens to the rules when a page is renamed, moved or published."""

from typing import Any

from wagtail.models import Page

from region_gate.pipeline import Event, Stage, step

from .page_moves import clear_for, follow_page


@step(Event.PAGE_SLUG_CHANGED, Stage.REDIRECTS, Page)
def follow_a_renamed_page(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    """Lead from the old addresses to the new ones; Wagtail tells after the commit."""
    was_public = instance_before.live or instance_before.first_published_at is not None
    follow_page(instance, instance_before.url_path, instance.url_path, was_public=was_public)


@step(Event.POST_PAGE_MOVE, Stage.REDIRECTS, Page)
def follow_a_moved_page(instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any) -> None:
    """Lead from the old addresses to the new ones; nothing where the page only changed its order."""
    if url_path_before != url_path_after:
        follow_page(instance, url_path_before, url_path_after, was_public=instance.live)


@step(Event.PAGE_PUBLISHED, Stage.REDIRECTS, Page)
def clear_the_way_for_a_page(instance: Page, **kwargs: Any) -> None:
    """Remove rules from an address that shows a page from now on."""
    clear_for(instance)

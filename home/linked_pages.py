"""Pages that others link to by their key, as visitors get them."""

from django.utils.translation import get_language
from wagtail.models import Page

from region_gate.constancy import asked_once

from .visibility import WITHHELD, marked


def visible_page(key: int) -> Page | None:
    """Return the page with this key as visitors get it, in the active language; None where they do not."""
    (page,) = linked_pages((key,), get_language())
    return page


@asked_once
def linked_pages(keys: tuple[int, ...], language: str | None) -> list[Page | None]:
    """Return the pages with these keys, each in `language` where it has one; None for what leads nowhere.

    That is what is gone, not live, or withheld at this moment. What only some may see does lead there.
    """
    pages = marked(Page.objects.select_related("locale")).filter(pk__in=keys).in_bulk()
    translations = _translations(list(pages.values()), language)
    found = [pages.get(key) for key in keys]
    chosen = [page and translations.get(page.translation_key, page) for page in found]
    return [page if page and _leads_somewhere(page) else None for page in chosen]


def _leads_somewhere(page: Page) -> bool:
    return bool(page.live and not getattr(page, WITHHELD, False) and page.url)


def _translations(pages: list[Page], language: str | None) -> dict[object, Page]:
    """Return the live pages in `language` of those that are in another, by their key."""
    keys = {page.translation_key for page in pages if page.locale.language_code != language}
    if not keys:
        return {}
    found = marked(Page.objects.live()).filter(translation_key__in=keys, locale__language_code=language)
    return {page.translation_key: page for page in found}

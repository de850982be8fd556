"""Pages that a search finds, the best first: by their titles, then by all that they say."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

from home.search_backend import terms
from therapies.guard.visible_text import visible_text_of

from .marking import excerpt, marked

NAMES = ("title", "slug")
MAX_FOUND = 1000  # pages; whoever finds more asks more narrowly


class FoundPages:
    """The pages of `pages` that hold the words of `query`, read from the database a slice at a time."""

    def __init__(self, pages: QuerySet[Page], query: str) -> None:
        """Look for `query`: at the beginnings of titles' words, and for whole words in all texts."""
        self.pages = pages
        self.keys = _found(pages, words) if (words := terms(query)) else []

    def __len__(self) -> int:
        return len(self.keys)

    def count(self) -> int:
        """Return how many they are, as a queryset does."""
        return len(self.keys)

    def __getitem__(self, places: slice) -> list[Page]:
        """Return the pages at `places`."""
        keys = self.keys[places]
        found = {page.pk: page for page in self.pages.filter(pk__in=keys)}
        return [found[key] for key in keys if key in found]


def _found(pages: QuerySet[Page], words: str) -> list[int]:
    """Return the keys of those of `pages` that hold `words`, the best first."""
    searched = Page.objects.filter(pk__in=pages.order_by().values("pk"))
    both = (searched.autocomplete(words)[:MAX_FOUND], searched.search(words)[:MAX_FOUND])
    return [*dict.fromkeys(page.pk for found in both for page in found)][:MAX_FOUND]


def mark(pages: Iterable[Any], query: str) -> None:
    """Have each of `pages` know its title with the words of `query` marked, and what stands around them."""
    words, shown = terms(query).split(), [*pages]
    whole = Page.objects.filter(pk__in=[page.pk for page in shown]).specific().in_bulk()
    for page in shown:
        page.marked_title = marked(page.get_admin_display_title(), words)
        page.excerpt = _excerpt(whole.get(page.pk), words)


def leave_unmarked(pages: Iterable[Any]) -> None:
    """Have each of `pages` know that nothing is marked in it: a template takes long to find that out."""
    for page in pages:
        page.marked_title = page.excerpt = ""


def _excerpt(page: Page | None, words: list[str]) -> str:
    """Return what stands around the first of `words` in what `page` says besides its title and address."""
    texts = visible_text_of(page) if page else ()
    found = (excerpt(one.words, words) for one in texts if one.attribute not in NAMES)
    return next(filter(None, found), "")

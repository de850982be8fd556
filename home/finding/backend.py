"""Visitors' search as a backend of Wagtail's: WAGTAILSEARCH_BACKENDS["visitors"].

`manage.py update_index` rebuilds it. Another engine takes its place by that setting: it is asked for a
`VisitorQuery`, which is `PlainText` to it, among pages that visitors are shown.
"""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search.backends.base import (
    BaseIndex,
    BaseSearchBackend,
    BaseSearchQueryCompiler,
    BaseSearchResults,
)

from home.search import BACKEND, VisitorQuery
from home.search_backend import is_put_off

from . import indexing
from .lookup import Lookup, SearchHits


class VisitorIndex(BaseIndex):
    """The index of the pages that visitors may find, as a backend keeps it."""

    def add_items(self, model: type, items: Iterable[Any]) -> None:
        """Index those of `items` that are pages."""
        indexing.index_pages(page.specific for page in items if isinstance(page, Page))

    def delete_item(self, item: Any) -> None:
        """Forget a page."""
        if isinstance(item, Page):
            indexing.forget_pages([item.pk])


class Rebuilder:
    """Rebuilds the index piece by piece: nothing is missing meanwhile."""

    def __init__(self, index: VisitorIndex) -> None:
        """Take the index that is to be rebuilt."""
        self.index = index

    def start(self) -> VisitorIndex:
        """Return the index, to which all that there is is added anew."""
        indexing.read_all_anew()
        return self.index

    def finish(self) -> None:
        """Forget what is gone, and index what pages bring along."""
        indexing.forget_what_is_gone()


class VisitorQueryCompiler(BaseSearchQueryCompiler):
    """A query of a visitor among pages, whichever these are."""

    def check(self) -> None:
        """Let any filter stand: the database applies them."""


class VisitorResults(BaseSearchResults):
    """What answers a query: pages, the best first."""

    _found: SearchHits | None = None

    @property
    def meant(self) -> str:
        """Return what was searched for where what was typed has no answer, else blank."""
        return self.found.meant

    @property
    def found(self) -> SearchHits:
        """Return what was found, looked up once."""
        if self._found is None:
            query = self.query_compiler.query
            self._found = _find(query, self.query_compiler.queryset)
        return self._found

    def _clone(self) -> "VisitorResults":
        clone: VisitorResults = super()._clone()
        clone._found = self.found
        return clone

    def _do_search(self) -> list[Page]:
        keys = self.found.pages[self.start : self.stop]
        pages = self.query_compiler.queryset.order_by().in_bulk(keys)
        texts = self.found.texts_of(pages)
        for key, page in pages.items():
            page.found_terms, page.found_text = self.found.terms, texts.get(key, "")
        return [pages[key] for key in keys if key in pages]

    def _do_count(self) -> int:
        return len(self.found.pages[self.start : self.stop])


def _find(query: Any, pages: PageQuerySet) -> SearchHits:
    if not isinstance(query, VisitorQuery):
        raise TypeError(f"Visitors search by a VisitorQuery, not by {query!r}.")
    return Lookup(query.home, pages, is_typing=query.is_typing).find(query.query_string)


class SearchBackend(BaseSearchBackend):
    """Finds pages for visitors."""

    index_class = VisitorIndex
    query_compiler_class = VisitorQueryCompiler
    autocomplete_query_compiler_class = VisitorQueryCompiler
    results_class = VisitorResults
    rebuilder_class = Rebuilder

    def add(self, thing: Any) -> None:
        """Index `thing`, now or with the set that is being saved."""
        if not is_put_off(thing, BACKEND):
            super().add(thing)

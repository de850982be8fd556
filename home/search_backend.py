"""Search with whatever people type: the databases' own query languages have signs that can be wrong.

And the index of it, which takes in at once what is saved as a set.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from typing import Any

from wagtail.search.backends import database, get_search_backend
from wagtail.search.query import MATCH_NONE, SearchQuery

MAX_QUERY_LENGTH = 200  # characters; each word makes the database's query deeper
BETWEEN_TERMS = re.compile(r'[\s"\0]+')
OF_A_WORD = re.compile(r"[^\W_]")

# What was saved in a set and waits for its end to be indexed: keys by backend and model; None outside of one.
_waiting: ContextVar[defaultdict[Any, set[Any]] | None] = ContextVar("waiting", default=None)


@contextmanager
def indexed_at_once() -> Iterator[None]:
    """Have what is saved inside be indexed at the end, as it is stored by then; if it fails, nothing is."""
    waiting = defaultdict[Any, set[Any]](set)
    outer = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(outer)
    for (backend, model), keys in waiting.items():
        get_search_backend(backend).add_bulk(model, model.get_indexed_objects().filter(pk__in=keys))


def is_put_off(thing: Any, backend: str = "default") -> bool:
    """Have `backend` index `thing` with the set that is being saved, if one is; say whether it is so."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting[backend, type(thing)].add(thing.pk)
    return waiting is not None


def terms(text: str) -> str:
    """Return what of `text` can be searched for: no quotation mark, and nothing without a letter or digit."""
    return " ".join(filter(OF_A_WORD.search, BETWEEN_TERMS.split(text[:MAX_QUERY_LENGTH])))


def searchable(query: str | SearchQuery) -> str | SearchQuery:
    """Return `query` with terms only, or one that finds nothing where it has none."""
    return _with_terms(query) or MATCH_NONE


def _with_terms(query: Any) -> Any:
    """Return `query` without what cannot be searched for; None where nothing is left."""
    if isinstance(query, str):
        return terms(query)
    left = copy(query)
    for part in ("query_string", "subquery"):
        if hasattr(query, part):
            setattr(left, part, _with_terms(getattr(query, part)))
            return left if getattr(left, part) else None
    if hasattr(query, "subqueries"):
        left.subqueries = list(filter(None, map(_with_terms, query.subqueries)))
        return left if left.subqueries else None
    return left


class OwnBackend:
    """A search backend that is asked for what can be searched for only, and indexes a set at once."""

    def add(self, thing: Any) -> None:
        """Index `thing`, now or with the set that is being saved."""
        if not is_put_off(thing):
            super().add(thing)  # type: ignore[misc]  # a mixin

    def search(self, query: str | SearchQuery, *args: Any, **options: Any) -> Any:
        """Find whole words."""
        return super().search(searchable(query), *args, **options)  # type: ignore[misc]  # a mixin

    def autocomplete(self, query: str | SearchQuery, *args: Any, **options: Any) -> Any:
        """Find words by their beginnings."""
        return super().autocomplete(searchable(query), *args, **options)  # type: ignore[misc]  # a mixin


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name that Wagtail looks for
    """Return Wagtail's backend for this database, with our own ways."""
    kind = type(database.SearchBackend(params))
    return type("SearchBackend", (OwnBackend, kind), {})(params)

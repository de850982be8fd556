"""Search with whatever people type: the databases' own query languages have signs that can be wrong."""

import re
from copy import copy
from typing import Any

from wagtail.search.backends import database
from wagtail.search.query import MATCH_NONE, SearchQuery

MAX_QUERY_LENGTH = 200  # characters; each word makes the database's query deeper
BETWEEN_TERMS = re.compile(r'[\s"\0]+')
OF_A_WORD = re.compile(r"[^\W_]")


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


class SearchableQueries:
    """A search backend that is asked for what can be searched for only."""

    def search(self, query: str | SearchQuery, *args: Any, **options: Any) -> Any:
        """Find whole words."""
        return super().search(searchable(query), *args, **options)  # type: ignore[misc]  # a mixin

    def autocomplete(self, query: str | SearchQuery, *args: Any, **options: Any) -> Any:
        """Find words by their beginnings."""
        return super().autocomplete(searchable(query), *args, **options)  # type: ignore[misc]  # a mixin


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name that Wagtail looks for
    """Return Wagtail's backend for this database, asked for what can be searched for only."""
    kind = type(database.SearchBackend(params))
    return type("SearchBackend", (SearchableQueries, kind), {})(params)

"""Visitors' search within one region's pages, by whichever engine the settings name.

An engine is a search backend as Wagtail describes it, asked for a `VisitorQuery`. Ours tells more of what it
found (`home/finding/backend.py`); of another one's pages, the description is shown.
"""

from itertools import chain
from typing import Any, NamedTuple

from django.conf import settings
from django.core.paginator import Page as Results
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search.backends import get_search_backend
from wagtail.search.query import PlainText

from region_gate.constancy import asked_once

from .visibility import private, withheld
from .words.excerpts import ExcerptPiece, excerpt, marked
from .words.query_words import MAX_LENGTH, words_of

BACKEND = "visitors"  # in WAGTAILSEARCH_BACKENDS
RESULTS_PER_PAGE = 10
SUGGESTIONS = 6


class VisitorQuery(PlainText):
    """What a visitor of `home` typed; while somebody `is_typing`, its last word may be a beginning."""

    def __init__(self, text: str, home: Any, *, is_typing: bool = False) -> None:
        """Take the region's home page, in whose language is searched."""
        super().__init__(text)
        self.home, self.is_typing = home, is_typing


class Result(NamedTuple):
    """A page that was found: its title and a passage of it, in pieces, some of which were found."""

    page: Page
    title: list[ExcerptPiece]
    passage: list[ExcerptPiece]


class Answer(NamedTuple):
    """A page of results; `meant` is what was searched for where what was typed has no answer, else blank."""

    results: Results
    meant: str


def may_search(request: HttpRequest) -> bool:
    """Say whether whoever sends `request` may search now, as the setting SEARCH_THROTTLE decides."""
    return bool(import_string(settings.SEARCH_THROTTLE)(request))


def query_of(request: HttpRequest) -> str:
    """Return what somebody searches for, as far as it is read."""
    return request.GET.get("q", "").replace("\0", " ").strip()[:MAX_LENGTH]


def search(home: Page, query: str, number: str | None) -> Answer | None:
    """Return result page `number` for `query` below `home`, or None where it has no words."""
    if not words_of(query):
        return None
    found = _found(home, query)
    page = Paginator(found, RESULTS_PER_PAGE).get_page(number)
    language = home.locale.language_code
    page.object_list = [_result(one, language) for one in page.object_list]
    return Answer(page, getattr(found, "meant", ""))


def suggest(home: Page, query: str) -> list[Page]:
    """Return the pages at or below `home` that best answer what somebody is typing."""
    return [*_found(home, query, is_typing=True)[:SUGGESTIONS]] if words_of(query) else []


def searchable_pages(home: Page) -> PageQuerySet:
    """Return the pages at or below `home` that visitors are shown at this moment."""
    live = Page.objects.live().descendant_of(home, inclusive=True)
    expired = live.filter(expire_at__lte=timezone.now()).values_list("pk", flat=True)
    return live.exclude(pk__in=_hidden(home.path).union(expired))


@asked_once
def _hidden(place: str) -> frozenset[int]:
    """Return the live pages at or below `place` in the tree that are kept from visitors, or are private."""
    live = Page.objects.live().filter(path__startswith=place)
    hidden = (pages.values_list("pk", flat=True) for pages in (withheld(live), private(live)))
    return frozenset(chain.from_iterable(hidden))


def _found(home: Page, query: str, *, is_typing: bool = False) -> Any:
    asked = VisitorQuery(query, home, is_typing=is_typing)
    return get_search_backend(BACKEND).search(asked, searchable_pages(home))


def _result(page: Page, language: str) -> Result:
    terms: frozenset[str] = getattr(page, "found_terms", frozenset())
    text: str = getattr(page, "found_text", page.search_description)
    return Result(page, marked(page.title, terms, language), excerpt(text, terms, language))

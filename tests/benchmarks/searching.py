"""Visitors' search: how long a page of results takes over many pages, and how that grows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from random import Random

from django.contrib.contenttypes.models import ContentType
from django.db import connections, transaction
from django.test import Client
from wagtail.models import Page

from home.finding.indexing import index_pages
from home.models import RegionHomePage, StandardPage
from home.search import search, suggest

from .figures import Figure, seconds

FEW, MANY = 200, 2000  # pages of a region
MOST_MS, MOST_GROWTH = 50, 2
FIRST = 40_000  # place below the home page, further down than any other page
WORDS, VOCABULARY = 150, 4000  # of a page, and in all
# Each page has the first, a tenth of them the second; nobody has the last, which asks for what was meant.
QUERIES = {
    "a word of each page": "liver",
    "three words": "liver metastases treatment",
    "a misspelt word": "metastasys of the livr",
    "a word that nothing is like": "zzyzxqwertz",
}


class _UndoneError(Exception):
    """Ends the benchmark, with nothing left of it."""


def figures() -> Iterator[Figure]:
    """Give all figures about searching: of the search alone, and of a whole page of results."""
    home = RegionHomePage.objects.get(region__code="eu", locale__language_code="en")
    places = count(FIRST)
    with _undone():
        times: dict[int, dict[str, float]] = {}
        for number in (FEW, MANY):
            _grow_to(number, home, places)
            times[number] = {name: seconds(work, repeats=15, rounds=3) for name, work in _searches(home)}
    for name in times[MANY]:
        few, many = times[FEW][name], times[MANY][name]
        yield Figure(f"search over {MANY} pages: {name}", many * 1000, "ms", MOST_MS)
        yield Figure(f"  against {FEW} pages", many / few, "x", MOST_GROWTH)


def _searches(home: RegionHomePage) -> Iterator[tuple[str, Callable[[], object]]]:
    for name, query in QUERIES.items():
        yield name, partial(search, home, query, None)
    yield "while typing", partial(suggest, home, "liver meta")
    yield "a whole page of results", partial(Client().get, "/eu/search/", {"q": "liver metastases"})


@contextmanager
def _undone() -> Iterator[None]:
    """Undo what is written inside."""
    try:
        with transaction.atomic():
            yield
            raise _UndoneError
    except _UndoneError:
        pass


def _grow_to(number: int, home: RegionHomePage, places: Iterator[int]) -> None:
    """Have `number` pages at and below `home`, written past the path of publication and indexed by hand."""
    kind = ContentType.objects.get_for_model(StandardPage)
    vocabulary, words = Random(7), _vocabulary()  # noqa: S311 - texts, not secrets
    for place in (next(places) for _ in range(number - Page.objects.descendant_of(home).count())):
        page = Page(
            title=f"Page {place}",
            slug=f"page-{place}",
            path=Page._get_path(home.path, home.depth + 1, place),
            depth=home.depth + 1,
            url_path=f"{home.url_path}page-{place}/",
            content_type=kind,
            locale_id=home.locale_id,
        )
        page.save_base(raw=True)
        text = " ".join(["liver", *vocabulary.choices(words, k=WORDS)])
        if place % 10 == 0:
            text += " metastases treatment"
        made = StandardPage(page_ptr=page, intro=f"<p>{text}</p>")
        made.save_base(raw=True)
    index_pages(StandardPage.objects.descendant_of(home))
    with connections["default"].cursor() as cursor:
        cursor.execute("ANALYZE")


def _vocabulary() -> list[str]:
    """Return words that nobody has, in syllables."""
    random = Random(11)  # noqa: S311 - texts, not secrets
    syllables = [a + b for a in "bdfgklmnprstv" for b in "aeiou"]
    return ["".join(random.choices(syllables, k=random.randint(2, 5))) for _ in range(VOCABULARY)]

"""All pages of a region in one language, or other things, by the letters that their titles begin with."""

from collections.abc import Callable, Iterable
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TypeVar

from wagtail.models import Page

from .collation import sort_key
from .visibility import shown
from .words.tokens import fold

Thing = TypeVar("Thing")

NO_LETTER = "#"  # where titles go that begin with a digit or a sign


def by_letter(home: Page) -> list[tuple[str, list[Page]]]:
    """Return the pages below the region home page `home` that visitors are shown, by letter."""
    return in_letters(shown(Page.objects.live().public().descendant_of(home)), attrgetter("title"))


def in_letters(things: Iterable[Thing], title_of: Callable[[Thing], str]) -> list[tuple[str, list[Thing]]]:
    """Return `things` as dictionaries sort their titles.

    Each letter, a capital without accents, with its things; those that begin with none come first.
    """
    placed = sorted(((_order(_bare(title_of(one))), one) for one in things), key=itemgetter(0))
    found = groupby((one for _place, one in placed), key=lambda one: _letter(_bare(title_of(one))))
    return [(letter, [*some]) for letter, some in found]


def _order(title: str) -> tuple[bool, tuple[int, ...], tuple[int, ...]]:
    """Return the place of `title`, bare: by its letter first, so that no letter comes twice."""
    letter = _letter(title)
    return letter != NO_LETTER, sort_key(letter), sort_key(title)


def _letter(title: str) -> str:
    """Return under which letter `title`, bare, stands: “Österreich” under O."""
    return fold(title)[:1].upper() if title[:1].isalpha() else NO_LETTER


def _bare(title: str) -> str:
    """Return `title` from its first letter or digit on: “Qui ? »” of “« Qui ? »”."""
    return next((title[at:] for at, one in enumerate(title) if one.isalnum()), "")

"""What visitors find a page by: its title and description, what its model has to be searched, its terms."""

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import Manager, Model
from wagtail.models import Page
from wagtail.search import index

from home.glossary import terms_of
from home.words.occurrences import IndexedPassage

TITLE, DESCRIPTION, BODY, EXPLANATION = 12, 4, 2, 1  # what a word counts there
BLANKS = re.compile(r"\s+")


def passages_of(page: Page) -> list[IndexedPassage]:
    """Return the passages of `page`, of its own class, in the order of its fields; the title first."""
    own = [
        IndexedPassage(text, BODY) for text in _texts(page, page.get_search_fields()) if text != page.title
    ]
    found = [IndexedPassage(page.title, TITLE), IndexedPassage(page.search_description, DESCRIPTION), *own]
    found += [IndexedPassage(f"{words}: {explanation}", EXPLANATION) for words, explanation in terms_of(page)]
    return [IndexedPassage(text, weight) for one, weight in found if (text := BLANKS.sub(" ", one).strip())]


def _texts(thing: Model, fields: Any) -> Iterator[str]:
    for field in fields:
        if isinstance(field, index.SearchField):
            yield from _flat(field.get_value(thing))
        elif isinstance(field, index.RelatedFields):
            for other in _related(field.get_value(thing)):
                yield from _texts(other, field.fields)


def _flat(value: Any) -> Iterator[str]:
    """Give the texts of what a field has to be searched: one, or a list of them."""
    if isinstance(value, list | tuple):
        for one in value:
            yield from _flat(one)
    elif value:
        yield str(value)


def _related(value: Any) -> Any:
    if isinstance(value, Manager):
        return value.all()
    return [value] if value is not None else []

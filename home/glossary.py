"""The terms that a region's pages explain, as its glossary lists them: drawn from what visitors are shown."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, reduce
from operator import attrgetter, or_
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Field, Q, TextField
from django.db.models.functions import Cast
from selectolax.lexbor import LexborHTMLParser
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from .a_to_z import in_letters
from .blocks.features import TERM
from .visibility import shown

BLOCK = "glossary"  # in the body of a page
# How a term, and that block, stand in the database: in a rich text, and in a body.
TERM_MARKS = (f'linktype="{TERM}"', f'linktype=\\"{TERM}\\"')
BLOCK_MARKS = (f'"type": "{BLOCK}"',)

# Each returns what says of a text that it may not stand where its page does not: other apps have reasons.
left_out_by: list[Callable[[], Callable[[str], object]]] = []


class ExplainedTerm(NamedTuple):
    """A term as a text writes it, and what it means."""

    words: str
    explanation: str


def explained_in(source: str) -> list[ExplainedTerm]:
    """Return the terms that a stored rich text explains, in their order."""
    if f'"{TERM}"' not in source:
        return []
    nodes = LexborHTMLParser(source).css(f'a[linktype="{TERM}"]')
    told = ((node.text(), node.attributes.get("title") or "") for node in nodes)
    return [ExplainedTerm(*(" ".join(one.split()) for one in pair)) for pair in told if all(pair)]


@dataclass
class GlossaryEntry:
    """A term as pages write it; each explanation of it with the pages that give it, in the tree's order."""

    words: str
    explanations: dict[str, list[Page]] = field(default_factory=dict)


def glossary(home: Page) -> list[tuple[str, list[GlossaryEntry]]]:
    """Return the entries for the region home page `home`, in its language, by letter."""
    return in_letters(entries_of(home).values(), attrgetter("words"))


def entries_of(home: Page) -> dict[str, GlossaryEntry]:
    """Return the terms that pages at or below `home` explain to visitors, by what tells them apart."""
    tests = [find() for find in left_out_by]
    entries: dict[str, GlossaryEntry] = {}
    for page in _pages_holding(home, TERM_MARKS):
        for term in terms_of(page):
            if any(test(f"{term.words}: {term.explanation}") for test in tests):
                continue
            entry = entries.setdefault(key_of(term.words), GlossaryEntry(term.words))
            pages = entry.explanations.setdefault(term.explanation, [])
            if page not in pages:
                pages.append(page)
    return entries


def glossary_pages(home: Page) -> list[Page]:
    """Return the pages at or below `home` that show the glossary to visitors."""
    return _pages_holding(home, BLOCK_MARKS)


def key_of(words: str) -> str:
    """Return what a term is told from others by: capitals and spaces make no difference."""
    return " ".join(words.split()).casefold()


def terms_of(page: Page) -> Iterator[ExplainedTerm]:
    """Give the terms that `page`, of its own class, explains, in the order of its fields."""
    model: Any = type(page)
    for one in _texts_of(model):
        value = getattr(page, one.name)
        for text in _strings([*value.raw_data] if isinstance(one, StreamField) and value else value):
            yield from explained_in(text)


def _strings(stored: Any) -> Iterator[str]:
    """Give the texts in what is stored of a field."""
    match stored:
        case str():
            yield stored
        case dict():
            yield from _strings([*stored.values()])
        case list():
            for one in stored:
                yield from _strings(one)


def _pages_holding(home: Page, marks: Iterable[str]) -> list[Page]:
    """Return the pages that visitors are shown at or below `home` and whose texts hold one of `marks`."""
    found: list[Page] = []
    models: list[Any] = [model for model in apps.get_models() if issubclass(model, Page)]
    for model in models:
        if fields := _texts_of(model):
            texts = {f"{one.name}_stored": Cast(one.name, TextField()) for one in fields}
            holds = reduce(or_, (Q(**{f"{name}__contains": mark}) for name in texts for mark in marks))
            pages = shown(model.objects.live().descendant_of(home, inclusive=True))
            found += pages.annotate(**texts).filter(holds).select_related("locale")
    return sorted(found, key=attrgetter("path"))


@cache
def _texts_of(model: Any) -> list[Field]:
    """Return the fields of `model` that hold rich texts."""
    return [one for one in model._meta.concrete_fields if isinstance(one, RichTextField | StreamField)]

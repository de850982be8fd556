"""Keeps the index of what visitors find, in the transaction of whatever changes it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import NamedTuple, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page

from home.models import Region, RegionHomePage
from home.models.search_index import SearchDocument, SearchKey, SearchPosting
from home.ownership import above, owner_at
from home.words.near_words import keys_of, whole_key
from home.words.occurrences import IndexedPassage, Term, terms_in

from .page_passages import passages_of
from .sources import PAGE, SOURCES, SearchSource

BROUGHT = 1  # what a word counts in a text that pages bring along
PAGES_AT_ONCE, ROWS_AT_ONCE = 50, 1000

Item = TypeVar("Item")


class Text(NamedTuple):
    """What is to be found: the passages of a thing, and those of which results show a piece."""

    home: RegionHomePage
    source: str
    key: int
    passages: Sequence[IndexedPassage]
    quoted: Sequence[IndexedPassage]

    @property
    def digest(self) -> str:
        """Return a hash of all that is indexed of it."""
        indexed = [[*map(tuple, self.passages)], len(self.quoted)]
        return sha256(json.dumps(indexed).encode()).hexdigest()


def index_pages(pages: Iterable[Page]) -> None:
    """Index `pages`, each of its own class, as they are; forget those that are no live pages of a region."""
    for some in _batches(pages, PAGES_AT_ONCE):
        _index_some(some)


@transaction.atomic
def _index_some(pages: Sequence[Page]) -> None:
    places = {place for page in pages for place in above(page.path)}
    homes = RegionHomePage.objects.filter(path__in=places).select_related("locale")
    owners = {home.path: home for home in homes}
    texts = (
        Text(home, PAGE, page.pk, passages, passages[1:])
        for page in pages
        if page.live and (home := owner_at(page.path, owners)) and (passages := passages_of(page))
    )
    _renew(SearchDocument.objects.filter(source=PAGE, key__in=[page.pk for page in pages]), texts)


def forget_pages(keys: Iterable[int]) -> None:
    """Have nobody find the pages with these keys any more."""
    SearchDocument.objects.filter(source=PAGE, key__in=[*keys]).delete()


@transaction.atomic
def index_source(source: SearchSource, homes: Iterable[RegionHomePage]) -> None:
    """Index the texts of `source` below `homes` as they are; forget those that are gone."""
    for home in homes:
        found = [(key, [IndexedPassage(text, BROUGHT)]) for key, text in source.texts(home)]
        texts = (Text(home, source.name, key, passages, passages) for key, passages in found)
        _renew(SearchDocument.objects.filter(home=home, source=source.name), texts)


def homes_of(region: Region) -> list[RegionHomePage]:
    """Return the home pages of `region`, with what their texts are made of."""
    return [*RegionHomePage.objects.filter(region=region).select_related("region", "locale")]


@transaction.atomic
def forget_what_is_gone() -> None:
    """Forget the pages that are not live, and index anew what pages bring along."""
    live = Page.objects.live().values("pk")
    SearchDocument.objects.filter(source=PAGE).exclude(key__in=live).delete()
    homes = [*RegionHomePage.objects.select_related("region", "locale")]
    for source in SOURCES:
        index_source(source, homes)


def read_all_anew() -> None:
    """Have every text indexed anew when its turn comes, changed or not."""
    SearchDocument.objects.update(digest="")


def _renew(stored: QuerySet[SearchDocument], texts: Iterable[Text]) -> None:
    """Have the index hold `texts` in place of `stored`; what has not changed stays as it is."""
    new = {(text.home.pk, text.key, text.digest): text for text in texts}
    rows = stored.values_list("pk", "home", "key", "digest")
    gone = [key for key, home, thing, digest in rows if new.pop((home, thing, digest), None) is None]
    SearchDocument.objects.filter(pk__in=gone).delete()
    if new:
        _keep(new.values())


def _keep(texts: Iterable[Text]) -> None:
    """Keep `texts`, none of which is in the index."""
    read = [(text, terms_in(text.passages, text.home.locale.language_code)) for text in texts]
    documents = SearchDocument.objects.bulk_create([_document(text) for text, _terms in read])
    rows = (
        _posting(document, term, said)
        for document, (_text, terms) in zip(documents, read, strict=True)
        for term, said in terms.items()
    )
    for some in _batches(rows, ROWS_AT_ONCE):
        SearchPosting.objects.bulk_create(some)
    for language in {text.home.locale.language_code for text, _terms in read}:
        spoken = (terms for text, terms in read if text.home.locale.language_code == language)
        _keep_keys([pair for terms in spoken for pair in terms.items()], language)


def _document(text: Text) -> SearchDocument:
    quoted = "\n".join(one.text for one in text.quoted)
    return SearchDocument(home=text.home, source=text.source, key=text.key, text=quoted, digest=text.digest)


def _posting(document: SearchDocument, term: str, said: Term) -> SearchPosting:
    page = document.key if document.source == PAGE else None
    return SearchPosting(
        document=document, home_id=document.home_id, page=page, term=term, weight=said.weight, word=said.word
    )


def _keep_keys(terms: Iterable[tuple[str, Term]], language: str) -> None:
    """Keep the keys of those words that the language did not have yet."""
    whole = {whole_key(said.word, language): (term, said.word) for term, said in terms}
    keys = SearchKey.objects.filter(language=language)
    for some in _batches(whole, ROWS_AT_ONCE):
        known = {*keys.filter(key__in=some).values_list("key", flat=True)}
        new = (whole[key] for key in some if key not in known)
        rows = [
            SearchKey(language=language, key=key, term=term)
            for term, word in new
            for key in keys_of(word, language)
        ]
        SearchKey.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    remaining = iter(items)
    while some := [*islice(remaining, size)]:
        yield some

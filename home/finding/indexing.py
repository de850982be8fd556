"""Keeps the index of what visitors find, in the transaction of whatever changes it."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from wagtail.models import Page

from home.models import Region, RegionHomePage
from home.models.search_index import SearchDocument, SearchKey, SearchPosting
from home.words.near_words import keys_of, whole_key
from home.words.occurrences import Passage, Term, terms_in

from .page_passages import passages_of
from .sources import PAGE, SOURCES, Source, home_of

BROUGHT = 1  # what a word counts in a text that pages bring along
AT_ONCE = 1000  # rows of a statement


@transaction.atomic
def index_page(page: Page) -> None:
    """Index `page`, of its own class, as it is; forget it where it is no live page of a region."""
    home = home_of(page) if page.live else None
    if home is None:
        forget_page(page.pk)
        return
    SearchDocument.objects.filter(source=PAGE, key=page.pk).exclude(home=home).delete()
    title, *others = passages_of(page)
    _index(home, PAGE, page.pk, [title, *others], others)


def forget_page(key: int) -> None:
    """Have nobody find the page with this key any more."""
    SearchDocument.objects.filter(source=PAGE, key=key).delete()


@transaction.atomic
def index_source(source: Source, homes: Iterable[RegionHomePage]) -> None:
    """Index the texts of `source` below `homes` as they are; forget those that are gone."""
    for home in homes:
        texts = {one.key: one.text for one in source.texts(home)}
        SearchDocument.objects.filter(home=home, source=source.name).exclude(key__in=texts).delete()
        for key, text in texts.items():
            passages = [Passage(text, BROUGHT)]
            _index(home, source.name, key, passages, passages)


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


def _index(
    home: RegionHomePage, source: str, key: int, passages: Sequence[Passage], quoted: Sequence[Passage]
) -> None:
    """Index the terms of `passages`, and keep the `quoted` ones, of which results show a piece."""
    language = home.locale.language_code
    terms = terms_in(passages, language)
    said = {"text": "\n".join(one.text for one in quoted)}
    document, is_new = SearchDocument.objects.update_or_create(
        home=home, source=source, key=key, defaults=said
    )
    if not is_new:
        document.postings.all().delete()
    page = key if source == PAGE else None
    postings = [
        SearchPosting(document=document, home=home, page=page, term=term, weight=one.weight, word=one.word)
        for term, one in terms.items()
    ]
    SearchPosting.objects.bulk_create(postings, batch_size=AT_ONCE)
    _keep_keys(terms, language)


def _keep_keys(terms: dict[str, Term], language: str) -> None:
    """Keep the keys of those words that the language did not have yet."""
    whole = {whole_key(one.word, language): (term, one.word) for term, one in terms.items()}
    known = SearchKey.objects.filter(language=language, key__in=whole).values_list("key", flat=True)
    new = [
        SearchKey(language=language, key=key, term=term)
        for term, word in (whole[key] for key in whole.keys() - {*known})
        for key in keys_of(word, language)
    ]
    SearchKey.objects.bulk_create(new, batch_size=AT_ONCE, ignore_conflicts=True)

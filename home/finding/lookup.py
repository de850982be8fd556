"""Finds what answers a query, in the index of one region and language."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from wagtail.query import PageQuerySet

from home.models import RegionHomePage
from home.models.search_index import SearchDocument, SearchKey, SearchPosting
from home.words.near_words import beginning_key, error_keys, nearest, part_keys, pieces, split
from home.words.query_words import Wanted, Way, wanted, words_of
from home.words.ranking import Occurrence, ranked, weights_of
from home.words.stems import plain, terms_of

from .known_synonyms import synonyms_in
from .sources import PAGE, source_named

PART, BEGINNING, SPLIT = 0.7, 0.8, 0.9  # how much a part, a beginning or a word taken apart counts
MAX_NEAR = 100  # terms that are near to a word
MAX_RESULTS = 100  # pages; nobody reads further


@dataclass
class SearchHits:
    """What answers a query: pages, the best first, the terms that were found, and the texts brought along.

    `meant` is what was searched for where what was typed has no answer, and blank otherwise.
    """

    pages: list[int] = field(default_factory=list)
    terms: frozenset[str] = frozenset()
    brought: dict[int, int] = field(default_factory=dict)  # the page by each document
    meant: str = ""

    def texts_of(self, pages: Iterable[int]) -> dict[int, str]:
        """Return what each of `pages` says that was searched, and after it what it brings along."""
        wanted_pages = {*pages}
        brought = {document: page for document, page in self.brought.items() if page in wanted_pages}
        own = Q(source=PAGE, key__in=wanted_pages)
        documents = SearchDocument.objects.filter(own | Q(pk__in=brought))
        texts: dict[int, list[str]] = defaultdict(list)
        rows = documents.order_by("pk").values_list("pk", "source", "key", "text")
        for pk, _source, key, text in sorted(rows, key=lambda row: row[1] != PAGE):
            texts[brought.get(pk, key)].append(text)
        return {page: "\n".join(parts) for page, parts in texts.items()}


class Lookup:
    """Looks for a query in the index of `home`, among `pages`, those that visitors are shown."""

    def __init__(self, home: RegionHomePage, pages: PageQuerySet, *, is_typing: bool = False) -> None:
        """Prepare for one query; while somebody `is_typing`, its last word may be the beginning of one."""
        self.home, self.pages, self.is_typing = home, pages, is_typing
        self.language = home.locale.language_code
        self.brought: dict[int, int] = {}
        self.synonyms = synonyms_in(self.language)

    def find(self, text: str) -> SearchHits:
        """Return what answers `text`; where a word has no answer, what was likely meant."""
        words = words_of(text)
        asked = self._asked(words)
        weights = self._weights(asked)
        missing = [place for place, one in enumerate(asked) if weights.keys().isdisjoint(one.terms)]
        likely = self._likely({words[place] for place in missing}) if missing else {}
        if not likely:
            return self._found(asked, weights)
        meant = [likely.get(word, word) for word in words]
        asked = self._asked(meant)
        found = self._found(asked, self._weights(asked))
        found.meant = " ".join(meant) if found.pages else ""
        return found

    def _found(self, asked: Sequence[Wanted], weights: dict[str, dict[int, float]]) -> SearchHits:
        indexed = SearchDocument.objects.filter(home=self.home, source=PAGE).count()
        best = ranked(asked, weights, indexed)[: 2 * MAX_RESULTS]
        shown = {*self.pages.filter(pk__in=best).values_list("pk", flat=True)}
        ways = (way.terms for one in asked for way in one.ways)
        terms = frozenset(term for way in ways if weights.keys() >= {*way} for term in way)
        pages = [page for page in best if page in shown][:MAX_RESULTS]
        return SearchHits(pages, terms, self.brought)

    def _asked(self, words: Sequence[str]) -> list[Wanted]:
        """Return what is asked for, with the compounds that a word is a part of, and the words it begins."""
        asked = wanted(words, self.synonyms)
        keys: dict[str, list[tuple[Wanted, float]]] = defaultdict(list)
        for one in asked:
            for key in part_keys(one.word, self.language):
                keys[key].append((one, PART))
        if self.is_typing and asked:
            for key in beginning_key(asked[-1].word, self.language):
                keys[key].append((asked[-1], BEGINNING))
        for key, term in self._near(keys):
            for one, worth in keys[key]:
                one.ways.append(Way((term,), worth))
        return asked

    def _near(self, keys: Collection[str]) -> Iterable[tuple[str, str]]:
        """Return those of `keys` that lead to a term, each with the term, but no end of them."""
        if not keys:
            return []
        rows = SearchKey.objects.filter(language=self.language, key__in=keys).order_by("key", "term")
        return rows.values_list("key", "term")[: MAX_NEAR * len(keys)]

    def _weights(self, asked: Sequence[Wanted]) -> dict[str, dict[int, float]]:
        """Return the weights of what is asked for by page; a word that nothing answers is taken apart."""
        weights = self._weights_of({term for one in asked for term in one.terms})
        missing = [one for one in asked if weights.keys().isdisjoint(one.terms)]
        if parts := self._take_apart(missing):
            for term, pages in self._weights_of(parts).items():
                weights.setdefault(term, pages)
        return weights

    def _take_apart(self, missing: Sequence[Wanted]) -> set[str]:
        """Let the parts of each of these words answer it, if the region has them; return their terms."""
        wholes = {one.word: plain(one.word, self.language) for one in missing}
        known = self._known({piece for whole in wholes.values() for piece in pieces(whole)})
        parts: set[str] = set()
        for one in missing:
            terms = tuple(known[part] for part in split(wholes[one.word], {*known}))
            if terms:
                one.ways.append(Way(terms, SPLIT))
                parts.update(terms)
        return parts

    def _known(self, words: Collection[str]) -> dict[str, str]:
        """Return those of `words` that a text of the region has, each with its term."""
        by_term = defaultdict(list)
        for word in words:
            for term in terms_of(word, self.language)[:1]:
                by_term[term].append(word)
        found = self._postings(by_term).values_list("term", flat=True).distinct()
        return {word: term for term in found for word in by_term[term]}

    def _likely(self, words: Collection[str]) -> dict[str, str]:
        """Return what each of `words` was likely meant to be, as a text of the region or a synonym has it."""
        keys = {word: error_keys(plain(word, self.language)) for word in words}
        near: dict[str, set[str]] = defaultdict(set)
        for key, term in self._near({one for own in keys.values() for one in own}):
            near[key].add(term)
        spelt = self._spelt({term for terms in near.values() for term in terms})
        likely = {}
        for word, own in keys.items():
            said = [spelt[term] for key in own for term in near.get(key, ()) if term in spelt]
            candidates = [*said, *self.synonyms.near(own)]
            if best := nearest(word, candidates, self.language):
                likely[word] = best
        return likely

    def _spelt(self, terms: Collection[str]) -> dict[str, str]:
        """Return how a text that visitors are shown spells each of `terms`, of those that one has."""
        rows = self._postings(terms)
        brought = self._bringing(rows.filter(page=None).values_list("document", flat=True))
        shown = rows.filter(Q(page__in=self.pages.values("pk")) | Q(document__in=[*brought]))
        counted = shown.values_list("term", "word").annotate(times=Count("pk")).order_by("times", "word")
        return {term: word for term, word, _times in counted}

    def _postings(self, terms: Collection[str]) -> QuerySet[SearchPosting]:
        return SearchPosting.objects.filter(home=self.home, term__in=terms)

    def _weights_of(self, terms: Collection[str]) -> dict[str, dict[int, float]]:
        rows = [*self._postings(terms).values_list("page", "document", "term", "weight")] if terms else []
        self.brought |= self._bringing({document for page, document, *_ in rows if page is None})
        placed = ((page or self.brought.get(document), term, weight) for page, document, term, weight in rows)
        return weights_of(Occurrence(page, term, weight) for page, term, weight in placed if page)

    def _bringing(self, documents: Iterable[int]) -> dict[int, int]:
        """Return the page that each of `documents`, texts that pages bring along, is found by today."""
        wanted_documents = {*documents}
        if not wanted_documents:
            return {}
        by_source: dict[str, dict[int, int]] = defaultdict(dict)
        named = SearchDocument.objects.filter(pk__in=wanted_documents).values_list("pk", "source", "key")
        for document, name, key in named:
            by_source[name][key] = document
        return {
            by_source[name][key]: page
            for name, keys in by_source.items()
            if (source := source_named(name))
            for key, page in source.pages_with([*keys], self.home, self.pages).items()
        }

"""The synonyms of a language, made ready once until editors change them."""

from functools import lru_cache

from home.models import SynonymGroup
from home.words.query_words import Synonyms


def synonyms_in(language: str) -> Synonyms:
    """Return the synonyms of a language as they are now."""
    return _prepared(tuple(map(tuple, SynonymGroup.objects.words_in(language))), language)


@lru_cache(maxsize=32)
def _prepared(groups: tuple[tuple[str, ...], ...], language: str) -> Synonyms:
    return Synonyms(groups, language)

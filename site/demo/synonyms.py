"""The demo's synonyms for the search, a group on each line of a file for each language."""

from wagtail.models import Locale

from home.models import SynonymGroup

from .texts import CONTENT


def keep_synonyms(languages: list[str]) -> None:
    """Add each group of words of `languages`, where there is none of the language yet."""
    for locale in Locale.objects.filter(language_code__in=languages):
        if SynonymGroup.objects.filter(locale=locale).exists():
            continue
        lines = (CONTENT / f"synonyms.{locale.language_code}.txt").read_text("utf-8").splitlines()
        for line in lines:
            group = SynonymGroup(locale=locale, words="\n".join(line.split(", ")))
            group.full_clean()
            group.save()

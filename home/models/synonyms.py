"""Words that mean the same to whoever searches, as editors keep them."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from home.words.query_words import words_of

MAX_SYNONYMS = 20


class SynonymQuerySet(models.QuerySet["SynonymGroup"]):
    """Groups of synonyms, by what is asked of them."""

    def words_in(self, language: str) -> list[list[str]]:
        """Return the words of each group in a language, in the groups' order."""
        groups = self.filter(locale__language_code=language).order_by("pk")
        return [words.splitlines() for words in groups.values_list("words", flat=True)]


class SynonymGroup(models.Model):
    """Words of one language, any of which finds the others in every region's search."""

    locale = models.ForeignKey(Locale, verbose_name=_("language"), on_delete=models.PROTECT, related_name="+")
    locale.wagtail_reference_index_ignore = True  # type: ignore[attr-defined] # Wagtail's own mark
    words = models.TextField(
        _("words"),
        help_text=_(
            "Words or short phrases that mean the same, one on each line: “surgery”, “operation”. Whoever "
            "searches for one finds the others, too. Endings, accents and hyphens make no difference. "
            "Visitors never read them."
        ),
    )

    objects = SynonymQuerySet.as_manager()

    class Meta:
        verbose_name = _("synonyms for the search")
        verbose_name_plural = _("synonyms for the search")
        ordering: ClassVar = ["locale_id", "words"]

    def __str__(self) -> str:
        return ", ".join(self.words.splitlines())

    def clean(self) -> None:
        """Put each word on a line of its own, once; refuse a group of fewer than two, or of too many."""
        super().clean()
        lines = dict.fromkeys(" ".join(line.split()) for line in self.words.splitlines() if line.strip())
        self.words = "\n".join(lines)
        if flaw := self._flaw(list(lines)):
            raise ValidationError({"words": flaw})

    @staticmethod
    def _flaw(lines: list[str]) -> str:
        if without := next((line for line in lines if not words_of(line)), None):
            return gettext("“%(line)s” holds no letter or digit.") % {"line": without}
        if not 2 <= len(lines) <= MAX_SYNONYMS:
            return gettext("Give 2 to %(most)s words that mean the same, each on a line.") % {
                "most": MAX_SYNONYMS
            }
        return ""

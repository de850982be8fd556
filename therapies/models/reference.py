"""A reference: a numbered source that a statement rests on."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from region_gate.models.one_by_one import OneByOneQuerySet
from therapies.citing import dois

FIELDS = ["text", "kind", "year", "doi", "url"]
FIRST_YEAR, LAST_YEAR = 1800, 2100
TAKEN = _("Another reference has this DOI.")
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


class ReferenceKind(models.TextChoices):
    """What sort of source a reference is."""

    ARTICLE = "article", _("Article")
    BOOK = "book", _("Book or chapter")
    LABELLING = "labelling", _("Label or instructions for use")
    GUIDELINE = "guideline", _("Guideline")
    ABSTRACT = "abstract", _("Congress abstract")
    WEBSITE = "website", _("Website")
    ON_FILE = "on_file", _("Data on file")
    OTHER = "other", _("Other")


class Reference(index.Indexed, models.Model):
    """A published source, cited by any number of pages."""

    text = models.CharField(
        _("citation"),
        max_length=500,
        help_text=_("As it is printed, such as “Smith A et al. J Clin Oncol 2016; 34: 1–9.”"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ReferenceKind, default=ReferenceKind.ARTICLE)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    doi = models.CharField(
        _("DOI"),
        max_length=200,
        blank=True,
        help_text=_("Such as 10.1000/182. A whole address is shortened to it."),
        validators=[RegexValidator(dois.SYNTAX, _("A DOI looks like 10.1000/182."))],
    )
    url = models.URLField(_("address"), blank=True, help_text=_("Where there is no DOI."))

    objects = OneByOneQuerySet.as_manager()

    search_fields = [
        index.SearchField("text"),
        index.AutocompleteField("text"),
        index.SearchField("doi"),
        index.AutocompleteField("doi"),
        index.FilterField("kind"),
        index.FilterField("year"),
    ]

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["text"]
        constraints = [
            models.UniqueConstraint(
                Lower("doi"),
                condition=~Q(doi=""),
                name="one_reference_for_each_doi",
                violation_error_message=TAKEN,
            )
        ]

    def __str__(self) -> str:
        return self.text

    def clean_fields(self, exclude: Any = None) -> None:
        """Take the DOI in whichever spelling it comes."""
        self.doi = dois.bare(self.doi)
        super().clean_fields(exclude=exclude)

    def clean(self) -> None:
        """Refuse two addresses for one source, and two references with one DOI."""
        if self.doi and self.url:
            raise ValidationError({"url": _("Give the DOI or an address, not both.")})
        if self.doi and Reference.objects.filter(doi__iexact=self.doi).exclude(pk=self.pk).exists():
            raise ValidationError({"doi": TAKEN})

    @property
    def address(self) -> str:
        """Return where the source can be read; empty where it is in print only."""
        return dois.address(self.doi) if self.doi else self.url

    @property
    def short_name(self) -> str:
        """Return what editors see where the source is cited: its first author and its year."""
        return short_name(self.text, self.year)


def short_name(text: str, year: int | None = None) -> str:
    """Return "van Hazel 2016" for a citation that begins "van Hazel GA et al." and is of 2016."""
    words = text.split()
    initials = next((place for place, word in enumerate(words[:6]) if place and _is_initials(word)), 0)
    when = YEAR.search(text)
    year_words = [str(year)] if year else [when[0]] if when else []
    return " ".join([*words[:initials], *year_words]) if initials else Truncator(text).chars(40)


def _is_initials(word: str) -> bool:
    bare = word.strip(".,;:")
    return (bare.isupper() and len(bare) <= 4) or bare == "et"

"""What a required statement says in one language."""

from collections.abc import Collection
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.models import Locale

from region_gate.models.one_by_one import OneByOneQuerySet
from therapies.matching.normalisation import without_accents

from .label_text import TEXT


class StatementTextQuerySet(OneByOneQuerySet["StatementText"]):
    """Texts of statements, by what is asked of them."""

    def one_for_each(self, language: str | None) -> list["StatementText"]:
        """Return a text of each statement, in `language` or else in its first one, in the order of pages."""
        by_statement: dict[int, StatementText] = {}
        for text in self.select_related("statement", "locale").order_by("locale_id"):
            if text.language == language or text.statement_id not in by_statement:
                by_statement[text.statement_id] = text
        return sorted(by_statement.values(), key=_turn)


class StatementText(models.Model):
    """The words of a statement in one language; drafted, reviewed and published with the statement only."""

    statement = ParentalKey(
        "Statement", verbose_name=_("required statement"), on_delete=models.CASCADE, related_name="texts"
    )
    locale = models.ForeignKey(Locale, verbose_name=_("language"), on_delete=models.PROTECT, related_name="+")
    locale.wagtail_reference_index_ignore = True  # type: ignore[attr-defined] # Wagtail's own mark
    words = RichTextField(_("words"), features=[*TEXT, "link"])

    objects = StatementTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a required statement")
        verbose_name_plural = _("texts of required statements")
        ordering: ClassVar = ["locale_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["statement", "locale"], name="one_text_of_a_statement_in_a_language"
            )
        ]

    def __str__(self) -> str:
        return str(self.locale)

    @property
    def language(self) -> str:
        """Return the code of its language."""
        return str(self.locale.language_code)

    def is_for(self, named: Collection[int]) -> bool:
        """Say whether it stands on a page that names the products with the keys `named`."""
        product = self.statement.product_id
        return product in named if product else bool(named)


def _turn(text: StatementText) -> tuple[str, int, int]:
    """Return a statement's place: the whole region's first, then country by country."""
    statement = text.statement
    country = without_accents(str(statement.country.name)) if statement.country else ""
    return country, statement.order, statement.pk

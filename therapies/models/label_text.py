"""A label's text in one language: what it says there, and what was decided where another has changed."""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model_string
from wagtail.fields import RichTextField
from wagtail.models import Locale

from region_gate.models.one_by_one import OneByOneQuerySet
from region_gate.pipeline import saved_whole

from .in_force import ONCE_APPROVED

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from .product import Product

Text = TypeVar("Text")

TEXT = ["bold", "italic", "superscript", "subscript", "ol", "ul"]
WORDS = ("indication", "safety_information", "authority", "instructions_document_id", "instructions_url")
BEHIND = "behind"  # what holds for a language where nothing was decided, and another is newer
NEEDED = ("indication", "safety_information", "authority")  # of what is or was approved
# What the editor of rich text names each paragraph by, anew whenever it likes.
BLOCK_KEY = re.compile(r' data-block-key="[^"<>]*"')


class LanguageDecision(models.TextChoices):
    """What legal says of a language where another one’s text is new."""

    STANDS = "stands", _("Still valid as it stands")
    NOT_NEEDED = "not needed", _("No text in this language")


def one_for_each(placed: Iterable[tuple[int, str, Text]], language: str | None) -> list[Text]:
    """Return what pages in `language` show for each product: the text in it, or else the product's first.

    `placed` are the products' keys, in their order, with the language of each text.
    """
    by_product: dict[int, dict[str, Text]] = {}
    for product, spoken, text in placed:
        by_product.setdefault(product, {}).setdefault(spoken, text)
    return [texts.get(language or "", next(iter(texts.values()))) for texts in by_product.values()]


class LabelTextQuerySet(OneByOneQuerySet["LabelText"]):
    """Texts of labels, by what is asked of them."""

    def shown(self, language: str | None) -> list["LabelText"]:
        """Return what pages in `language` show of each product, by its name."""
        needed = self.exclude(decision=LanguageDecision.NOT_NEEDED).order_by(
            "label__product__name", "label__product_id", "locale_id"
        )
        related = needed.select_related("label__product", "label__region", "locale", "instructions_document")
        return one_for_each(((text.product.pk, text.language, text) for text in related), language)


class LabelText(models.Model):
    """What a label says in one language; it is drafted, reviewed and published with its label only."""

    label = ParentalKey("Label", verbose_name=_("label"), on_delete=models.CASCADE, related_name="texts")
    locale = models.ForeignKey(Locale, verbose_name=_("language"), on_delete=models.PROTECT, related_name="+")
    locale.wagtail_reference_index_ignore = True  # type: ignore[attr-defined] # Wagtail's own mark
    decision = models.CharField(
        _("decided"),
        max_length=20,
        choices=LanguageDecision,
        blank=True,
        help_text=_("Where this text stays as it is although another language changes, or is not needed."),
    )
    indication = RichTextField(_("indication"), features=TEXT, blank=True)
    safety_information = RichTextField(_("safety information"), features=TEXT, blank=True)
    authority = models.CharField(
        _("authority"), max_length=200, blank=True, help_text=_("Who registered it, such as a notified body.")
    )
    instructions_document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("instructions for use"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    instructions_url = models.URLField(
        _("address of the instructions for use"),
        blank=True,
        help_text=_("Where there is no document. A policy “exempt” lets visitors go there in one step."),
    )
    # The seal of the label's words that the decision is about: once one of them changes, it counts no more.
    decided_on = models.CharField(max_length=64, blank=True, editable=False)
    is_behind = models.BooleanField(_("behind the other languages"), default=False, editable=False)

    objects = LabelTextQuerySet.as_manager()
    is_with_label = False  # while its label is being saved, with all its texts

    class Meta:
        verbose_name = _("text of a label")
        verbose_name_plural = _("texts of labels")
        ordering: ClassVar = ["locale_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["label", "locale"], name="one_text_of_a_label_in_a_language")
        ]

    def __str__(self) -> str:
        return str(self.locale)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it; by itself, as only code does, with the steps of its label."""
        if self.is_with_label:
            self.is_with_label = False
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            super().save(*args, **kwargs)
            saved_whole.send(type(self.label), instance=self.label)

    @property
    def product(self) -> "Product":
        """Return the product whose text it is."""
        return self.label.product

    @property
    def language(self) -> str:
        """Return the code of its language."""
        return str(self.locale.language_code)

    @property
    def is_needed(self) -> bool:
        """Say whether there is to be a text in this language."""
        return self.decision != LanguageDecision.NOT_NEEDED

    @property
    def instructions(self) -> str:
        """Return where the instructions for use are, blank where there are none."""
        return self.instructions_document.url if self.instructions_document else self.instructions_url

    @property
    def words(self) -> tuple[str, ...]:
        """Return what it says, to be compared with what it said."""
        return tuple(BLOCK_KEY.sub("", str(getattr(self, name) or "")) for name in WORDS)

    def says_the_same_as(self, other: "LabelText | None") -> bool:
        """Say whether `other` has the same words."""
        return other is not None and self.words == other.words

    def stands_beside(self, seal: str) -> bool:
        """Say whether legal has decided that it stays as it is beside the words with this `seal`."""
        return self.decision == LanguageDecision.STANDS and self.decided_on == seal

    def clean(self) -> None:
        """Refuse what is incomplete for the label's status or contradicts itself."""
        super().clean()
        errors = {field: error for field in (*NEEDED, *WORDS) if (error := self._error_of(field))}
        if errors:
            raise ValidationError(errors)

    def _error_of(self, field: str) -> "StrOrPromise | None":
        value = getattr(self, field)
        if not self.is_needed:
            return _("There is to be no text in this language: leave this empty.") if value else None
        if field in NEEDED and not value and self.label.status in ONCE_APPROVED:
            return _("A label that is or was approved needs this.")
        if field == "instructions_url" and value and self.instructions_document_id:
            return _("Give the document or an address, not both.")
        return None


def seal_of(texts: Iterable[LabelText]) -> str:
    """Return the SHA-256 of the words of all `texts` of a label, whichever their order."""
    said = sorted((text.locale_id, text.words) for text in texts if text.is_needed)
    return sha256(repr(said).encode()).hexdigest()

"""A label: the approved text for one product in one region, in one language."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from home.exceptions import RefusedError
from home.models import Region
from region_gate.date_limits import error_of
from region_gate.models import Edition
from region_gate.models.one_by_one import OneByOneQuerySet
from therapies.conf import review_max_days

from . import in_force
from .in_force import ONCE_APPROVED, Status
from .product import Product

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Text = TypeVar("Text")

TEXT = ["bold", "italic", "superscript", "subscript", "ol", "ul"]


class Audience(models.TextChoices):
    """Whom a text is written for."""

    PUBLIC = "public", _("Patients and the public")
    PROFESSIONALS = "professionals", _("Healthcare professionals")


class LabelQuerySet(OneByOneQuerySet["Label"]):
    """Labels, by what is asked of them."""

    def in_force(self, on: date) -> Self:
        """Return the published labels in force on `on`; a label withdrawn on that day is not."""
        return self.filter(in_force.in_force(on))

    def in_force_once_published(self, on: date) -> Self:
        """Return the labels that would be in force on `on` if they were published."""
        return self.filter(in_force.in_force_once_published(on))

    def ended(self, on: date) -> Self:
        """Return the published labels that were withdrawn on `on` or earlier."""
        return self.filter(in_force.ended(on))

    def one_for_each_product(self, language: str | None) -> list["Label"]:
        """Return a label for each product: in `language`, or else in the region’s first one."""
        labels = self.select_related("product", "region", "locale", "instructions_document")
        ordered = labels.order_by("product__name", "product_id", "locale_id")
        placed = ((label.product_id, label.locale.language_code, label) for label in ordered)
        return one_for_each(placed, language)

    def rivals_of(self, label: "Label") -> Self:
        """Return the published labels for the same place and product that share a day with `label`."""
        if label.effective_from is None:
            return self.none()
        same = self.filter(product=label.product_id, region=label.region_id, locale=label.locale_id)
        on_its_days = in_force.in_force_between(label.effective_from, label.withdrawn_on)
        return same.filter(on_its_days).exclude(pk=label.pk)


def one_for_each(placed: Iterable[tuple[int, str, Text]], language: str | None) -> list[Text]:
    """Return what pages in `language` show for each product: the text in it, or else the product's first.

    `placed` are the products' keys, in their order, with the language of each text.
    """
    by_product: dict[int, dict[str, Text]] = {}
    for product, spoken, text in placed:
        by_product.setdefault(product, {}).setdefault(spoken, text)
    return [texts.get(language or "", next(iter(texts.values()))) for texts in by_product.values()]


class Label(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    """What may be said of a product in a region; a draft allows nothing."""

    product = models.ForeignKey(
        Product, verbose_name=_("product"), on_delete=models.PROTECT, related_name="labels"
    )
    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="labels"
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.UNDER_REVIEW)
    indication = RichTextField(_("indication"), features=TEXT, blank=True)
    safety_information = RichTextField(_("safety information"), features=TEXT, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=100, blank=True)
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
    audience = models.CharField(
        _("intended audience"), max_length=20, choices=Audience, default=Audience.PROFESSIONALS
    )
    effective_from = models.DateField(_("effective from"), null=True, blank=True)
    review_by = models.DateField(_("review by"), null=True, blank=True)
    withdrawn_on = models.DateField(
        _("withdrawn on"),
        null=True,
        blank=True,
        help_text=_("The first day on which it is no longer in force."),
    )
    revisions = GenericRelation("wagtailcore.Revision", related_query_name="label")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="label",
        for_concrete_model=False,
    )

    objects = LabelQuerySet.as_manager()

    search_fields: ClassVar = [
        index.SearchField("indication"),
        index.SearchField("registration_number"),
        index.RelatedFields("product", [index.SearchField("name")]),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        ordering: ClassVar = ["product__name", "region__order", "locale_id", "-effective_from"]

    def __str__(self) -> str:
        return f"{self.product} – {self.region} ({self.get_status_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save in one transaction with the steps; where it is live, nobody else decides meanwhile."""
        with transaction.atomic():
            if self.live:
                Edition.lock()
            super().save(*args, **kwargs)

    @property
    def instructions(self) -> str:
        """Return where the instructions for use are, blank where there are none."""
        return self.instructions_document.url if self.instructions_document else self.instructions_url

    def is_in_force(self, on: date) -> bool:
        """Say whether the label is published and effective on `on`."""
        return in_force.is_in_force(self, on)

    def clean(self) -> None:
        """Refuse what is incomplete for its status or contradicts itself."""
        super().clean()
        if found := {field: error for field, error in self._errors() if error}:
            raise ValidationError(found)
        self._check_translations()

    def _errors(self) -> list[tuple[str, "ValidationError | StrOrPromise | None"]]:
        first = self.effective_from
        return [
            *((field, self._missing(field)) for field in self._needed()),
            ("effective_from", error_of(self.effective_from)),
            ("withdrawn_on", self._withdrawal_error() or error_of(self.withdrawn_on, since=first)),
            ("review_by", self._review_error() or error_of(self.review_by, review_max_days(), first)),
            ("instructions_url", self._instructions_error()),
        ]

    def _needed(self) -> list[str]:
        if self.status not in ONCE_APPROVED:
            return []
        return ["effective_from", "indication", "safety_information", "registration_number", "authority"]

    def _missing(self, field: str) -> "StrOrPromise | None":
        if getattr(self, field):
            return None
        return _("A label that is or was approved needs this.")

    def _withdrawal_error(self) -> "StrOrPromise | None":
        if self.status == Status.WITHDRAWN and not self.withdrawn_on:
            return _("Say on which day it was withdrawn.")
        if self.withdrawn_on and self.effective_from and self.withdrawn_on < self.effective_from:
            return _("This is before the first day.")
        return None

    def _review_error(self) -> "StrOrPromise | None":
        if self.review_by and self.effective_from and self.review_by < self.effective_from:
            return _("This is before the first day.")
        return None

    def _instructions_error(self) -> "StrOrPromise | None":
        if self.instructions_url and self.instructions_document_id:
            return _("Give the document or an address, not both.")
        return None

    def _check_translations(self) -> None:
        """Raise ValidationError where a translation is about another product or region."""
        others = Label.objects.filter(translation_key=self.translation_key).exclude(pk=self.pk)
        if others.exclude(product=self.product_id, region=self.region_id).exists():
            raise ValidationError(
                {"product": _("This is a translation: it stays with its product and its region.")}
            )

    def check_rivals(self) -> None:
        """Raise RefusedError where another published label is in force on one of this one's days."""
        if self.status not in ONCE_APPROVED:
            return
        rival = Label.objects.rivals_of(self).first()
        if rival and rival.effective_from:
            words = _("%(label)s is in force from %(day)s on. It must end before this one begins.")
            raise RefusedError(words % {"label": rival, "day": date_format(rival.effective_from)})

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show the label as pages show it."""
        return "therapies/label.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Give the label as a list of one."""
        return {**super().get_preview_context(request, mode_name), "labels": [self], "label": self}

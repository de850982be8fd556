"""A label: what is approved for one product in one region, with a text in each language."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
    WorkflowState,
)
from wagtail.search import index

from home.exceptions import RefusedError
from home.models import Region
from region_gate.date_limits import error_of
from region_gate.models import Edition
from region_gate.models.drafts import KnownDraftMixin
from region_gate.models.one_by_one import OneByOneQuerySet
from region_gate.pipeline import saved_whole
from therapies.conf import review_max_days

from . import in_force
from .in_force import ONCE_APPROVED, Status
from .label_text import LabelText, one_for_each, seal_of
from .product import Product

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


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

    def ended_last(self, on: date, language: str | None) -> list[LabelText]:
        """Return a text of the last to end by `on` of each product without one in force, as pages show it."""
        replaced = self.in_force(on).values_list("product", flat=True)
        ended = self.ended(on).exclude(product__in=[*replaced])
        last = {label.product_id: label.withdrawn_on for label in ended.order_by("withdrawn_on", "pk")}
        days = [models.Q(product=product, withdrawn_on=day) for product, day in last.items()]
        return ended.filter(reduce(or_, days)).one_for_each_product(language) if days else []

    def one_for_each_product(self, language: str | None) -> list[LabelText]:
        """Return a text for each product: in `language`, or else in the region’s first one."""
        return LabelText.objects.filter(label__in=self.order_by()).shown(language)

    def with_states(self) -> Self:
        """Add what lists say of each: whether it is to go live, and whether it is under review."""
        number = Cast(models.OuterRef("pk"), models.CharField())
        kind = ContentType.objects.get_for_model(self.model)
        scheduled = Revision.objects.filter(content_type=kind, object_id=number)
        waiting = WorkflowState.objects.filter(base_content_type=kind, object_id=number)
        return self.annotate(
            is_scheduled=models.Exists(scheduled.filter(approved_go_live_at__isnull=False)),
            is_waiting=models.Exists(waiting.filter(status=WorkflowState.STATUS_IN_PROGRESS)),
        )

    def rivals_of(self, label: "Label") -> Self:
        """Return the published labels for the same place and product that share a day with `label`.

        That which it replaces is none: it ends on the first day of `label`.
        """
        if label.effective_from is None:
            return self.none()
        same = self.filter(product=label.product_id, region=label.region_id)
        on_its_days = in_force.in_force_between(label.effective_from, label.withdrawn_on)
        return same.filter(on_its_days).exclude(pk__in=[label.pk or 0, label.replaces_id or 0])


class Label(
    KnownDraftMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
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
    registration_number = models.CharField(_("registration number"), max_length=100, blank=True)
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
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="successors",
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
        index.SearchField("registration_number"),
        index.AutocompleteField("registration_number"),
        index.RelatedFields("product", [index.SearchField("name"), index.AutocompleteField("name")]),
        index.RelatedFields("texts", [index.SearchField("indication")]),
    ]

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        ordering: ClassVar = ["product__name", "region__order", "-effective_from"]

    def __str__(self) -> str:
        return f"{self.product} – {self.region} ({self.get_status_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it with its texts, in one transaction with the steps; if live, nobody else decides."""
        with transaction.atomic():
            if self.live:
                Edition.lock()
            if kwargs.get("update_fields") is None:
                self._prepare_texts()
            super().save(*args, **kwargs)
            saved_whole.send(type(self), instance=self)

    @property
    def approved_schedule(self) -> bool:
        """Say whether it is to go live; lists have asked for all at once."""
        known: bool | None = getattr(self, "is_scheduled", None)
        return super().approved_schedule if known is None else known

    @property
    def workflow_in_progress(self) -> bool:
        """Say whether it is under review; lists have asked for all at once."""
        known: bool | None = getattr(self, "is_waiting", None)
        return super().workflow_in_progress if known is None else known

    def _prepare_texts(self) -> None:
        """Have a text take the place of the stored one in its language, whose record goes on."""
        texts: list[LabelText] = self.texts.get_object_list()  # type: ignore[attr-defined] # modelcluster's
        stored = {text.locale_id: text for text in self.stored_texts()}
        seal, before = seal_of(texts), self.texts_before() if self.live else {}
        for text in texts:
            text.is_with_label = True
            text.pk = stored[text.locale_id].pk if text.locale_id in stored else self._free_key(text.pk)
            is_same = text.says_the_same_as(before.get(text.locale_id))
            text.is_behind = text.is_behind and is_same and not text.stands_beside(seal)

    def _free_key(self, key: int | None) -> int | None:
        """Return `key` if no text has it: of a language that returns, the record goes on."""
        return None if key is None or LabelText.objects.filter(pk=key).exists() else key

    def texts_before(self) -> dict[int, LabelText]:
        """Return what its texts are compared with, by language: as last published, or what it replaces."""
        known = Label.objects.filter(pk=self.pk)
        if known.filter(models.Q(live=True) | models.Q(first_published_at__isnull=False)).exists():
            texts = self.stored_texts()
        else:
            texts = self.replaces.stored_texts() if self.replaces else []
        return {text.locale_id: text for text in texts}

    def stored_texts(self) -> list[LabelText]:
        """Return the texts as they are stored, whatever a draft says."""
        return [*LabelText.objects.filter(label=self.pk).select_related("locale")] if self.pk else []

    def text_in(self, language: str | None) -> LabelText | None:
        """Return the text that pages in `language` show: in it, or else in the region’s first."""
        needed = [text for text in self.texts.all() if text.is_needed]
        ordered = sorted(needed, key=lambda text: text.locale_id)
        return next(iter(one_for_each(((0, text.language, text) for text in ordered), language)), None)

    def is_in_force(self, on: date) -> bool:
        """Say whether the label is published and effective on `on`."""
        return in_force.is_in_force(self, on)

    def full_clean(
        self,
        exclude: Iterable[str] | None = None,
        validate_unique: bool = True,
        validate_constraints: bool = True,
    ) -> None:
        """Refuse what contradicts itself, in its texts, too; forms, which exclude something, have theirs."""
        super().full_clean(exclude, validate_unique, validate_constraints)
        if exclude is None:
            for text in self.texts.all():
                text.full_clean(exclude=["label"], validate_unique=False, validate_constraints=False)

    def clean(self) -> None:
        """Refuse what is incomplete for its status or contradicts itself."""
        super().clean()
        if found := {field: error for field, error in self._errors() if error}:
            raise ValidationError(found)

    def _errors(self) -> list[tuple[str, "ValidationError | StrOrPromise | None"]]:
        first = self.effective_from
        return [
            *((field, self._missing(field)) for field in self._needed()),
            ("effective_from", error_of(self.effective_from)),
            ("withdrawn_on", self._withdrawal_error() or error_of(self.withdrawn_on, since=first)),
            ("review_by", self._review_error() or error_of(self.review_by, review_max_days(), first)),
        ]

    def _needed(self) -> list[str]:
        if self.status not in ONCE_APPROVED:
            return []
        return ["effective_from", "registration_number"]

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

    def check_rivals(self) -> None:
        """Raise RefusedError where another published label is in force on one of this one's days."""
        if self.status not in ONCE_APPROVED:
            return
        rival = Label.objects.rivals_of(self).first()
        if rival and rival.effective_from:
            words = _("%(label)s is in force from %(day)s on. It must end before this one begins.")
            raise RefusedError(words % {"label": rival, "day": date_format(rival.effective_from)})

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Return a mode for each language that it has a text in."""
        texts = sorted(self.texts.all(), key=lambda text: text.locale_id)
        return [(text.language, str(text.locale)) for text in texts if text.is_needed] or [("", _("Default"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show the label as pages show it."""
        return "therapies/label.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Give the text in the mode's language as a list of one."""
        text = self.text_in(mode_name)
        return {
            **super().get_preview_context(request, mode_name),
            "labels": [text] if text else [],
            "label": self,
        }

"""A required statement: what must stand on pages of a region, or of one of its countries."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from home.models import Region
from region_gate.date_limits import error_of
from region_gate.models import Edition
from region_gate.models.drafts import KnownDraftMixin
from region_gate.models.one_by_one import OneByOneQuerySet

from .product import Product
from .statement_text import StatementText

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class StatementPlace(models.TextChoices):
    """Where visitors read a statement."""

    PRODUCT = "product", _("On every page that names a product")
    FOOTER = "footer", _("In the footer of every page")


class StatementQuerySet(OneByOneQuerySet["Statement"]):
    """Statements, by what is asked of them."""

    def in_force(self, on: date) -> Self:
        """Return the published statements that stand on pages on `on`; on the day of their end, none."""
        begun = models.Q(starts=None) | models.Q(starts__lte=on)
        return self.filter(begun, models.Q(withdrawn_on=None) | models.Q(withdrawn_on__gt=on), live=True)

    def shown(self, region: Region, on: date, language: str | None) -> list[StatementText]:
        """Return what pages of `region` in `language` say on `on`, wherever it stands, in order.

        Each statement in that language, or in the region's first one; the whole region's before a country's.
        """
        statements = self.in_force(on).filter(region=region).order_by()
        return StatementText.objects.filter(statement__in=statements).one_for_each(language)


class Statement(
    KnownDraftMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
    models.Model,
):
    """What legal requires pages to say; a draft stands nowhere."""

    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="statements"
    )
    country = CountryField(
        _("country"),
        blank=True,
        help_text=_("The one country it is for, by whose name it stands. Blank: the whole region."),
    )
    place = models.CharField(_("place"), max_length=20, choices=StatementPlace)
    product = models.ForeignKey(
        Product,
        verbose_name=_("product"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statements",
        help_text=_("Only where this one is named. Blank: where any product is."),
    )
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Where it stands among others; the lowest first.")
    )
    starts = models.DateField(
        _("effective from"), null=True, blank=True, help_text=_("Blank: as soon as it is approved.")
    )
    withdrawn_on = models.DateField(
        _("withdrawn on"),
        null=True,
        blank=True,
        help_text=_("The first day on which it stands on no page any more. Blank: until further notice."),
    )
    revisions = GenericRelation("wagtailcore.Revision", related_query_name="statement")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="statement",
        for_concrete_model=False,
    )

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("required statement")
        verbose_name_plural = _("required statements")
        ordering: ClassVar = ["region__order", "place", "country", "order", "pk"]

    def __str__(self) -> str:
        where = f"{self.region}, {self.country.name}" if self.country else str(self.region)
        what = self.product or self.get_place_display()
        return f"{where} – {what} (№ {self.pk})" if self.pk else f"{where} – {what}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it with its texts; if live, nobody else decides."""
        with transaction.atomic():
            if self.live:
                Edition.lock()
            super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse what contradicts itself."""
        super().clean()
        errors = {
            "region": self._region_error(),
            "country": self._country_error(),
            "product": self._product_error(),
            "starts": error_of(self.starts),
            "withdrawn_on": self._dates_error() or error_of(self.withdrawn_on, since=self.starts),
        }
        if found := {field: error for field, error in errors.items() if error}:
            raise ValidationError(found)

    def _region_error(self) -> "StrOrPromise | None":
        published = Statement.objects.filter(pk=self.pk, first_published_at__isnull=False)
        if self.pk and published.exclude(region=self.region_id).exists():
            return _("It has been published for another region, and stays there.")
        return None

    def _country_error(self) -> "StrOrPromise | None":
        codes = {country.code for country in self.region.countries} if self.region_id else set()
        if not self.country or self.country.code in codes:
            return None
        return _("%(region)s has no such country.") % {"region": self.region if self.region_id else "—"}

    def _product_error(self) -> "StrOrPromise | None":
        if self.product_id and self.place == StatementPlace.FOOTER:
            return _("The footer is the same on every page: leave this empty.")
        return None

    def _dates_error(self) -> "StrOrPromise | None":
        is_before = self.starts and self.withdrawn_on and self.withdrawn_on < self.starts
        return _("This is before the first day.") if is_before else None

    def is_in_force(self, on: date) -> bool:
        """Say whether it stands on pages on `on` once it is published; as `in_force` of the queryset."""
        has_begun = self.starts is None or self.starts <= on
        return has_begun and (self.withdrawn_on is None or self.withdrawn_on > on)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Return a mode for each language that it has a text in."""
        texts = sorted(self.texts.all(), key=lambda text: text.locale_id)
        return [(text.language, str(text.locale)) for text in texts] or [("", _("Default"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show the statement as pages show it."""
        return "therapies/statement.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Give the text in the mode's language as a list of one."""
        texts = [text for text in self.texts.all() if text.language == mode_name]
        context = super().get_preview_context(request, mode_name)
        return {**context, "statements": texts, "statement": self}

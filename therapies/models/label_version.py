"""The record of labels: every text that a label had, from which moment on."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from region_gate.models.sealed import SealedEntry, SealedQuerySet

from . import in_force
from .in_force import Status
from .label import Audience
from .label_text import BEHIND, LanguageDecision

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WITHDRAWN = " withdrawn"  # follows the language, in `sections`, of what pages showed once it had ended


class LabelVersionQuerySet(SealedQuerySet):
    """Versions of labels, by what is asked of them."""

    def in_force_at(
        self, moment: datetime, on: date, *, region: int | None, products: Iterable[int]
    ) -> list["LabelVersion"]:
        """Return the versions for `products` in `region` that pages showed at `moment`, which was on `on`."""
        known = self._known_at(moment, region, products)
        return [version for version in known if version.is_in_force(on)]

    def ended_last_at(
        self, moment: datetime, on: date, *, region: int | None, products: Iterable[int]
    ) -> list["LabelVersion"]:
        """Return the version of each of `products` that had ended last at `moment`, which was on `on`."""
        known = self._known_at(moment, region, products)
        ended = [(end, version) for version in known if (end := version.ended_on(on))]
        last = {version.product: end for end, version in sorted(ended, key=lambda one: one[0])}
        return [version for end, version in ended if end == last[version.product]]

    def _known_at(
        self, moment: datetime, region: int | None, products: Iterable[int]
    ) -> "list[LabelVersion]":
        """Return the newest version at `moment` of each label for one of `products` in `region`."""
        known = self.filter(region_number=region, product__in=[*products]).by(moment)
        return [*{version.subject: version for version in known.order_by("number")}.values()]


class LabelVersion(SealedEntry):
    """From `since` on, the label said this in `language`; or nothing any more, where `is_live` is false.

    `subject` is the number of the label's text, `sections` what pages showed of it, in each language of
    the site, and `languages` what held for each of the label's: "" or what was decided, or "behind".
    """

    CHAIN = "label"
    SEALED = (
        *SealedEntry.SEALED,
        *("product", "product_name", "region_number", "region", "region_name", "language", "rank"),
        *("status", "indication", "safety_information", "registration_number", "authority"),
        *("instructions", "audience", "effective_from", "review_by", "withdrawn_on"),
        *("revision", "written_by", "published_by", "approved_by", "sections"),
    )
    SEALED_LATER = ("label", "languages", "roles")

    product = models.PositiveBigIntegerField(_("product’s number"), db_index=True)
    product_name = models.CharField(_("product"), max_length=200)
    region_number = models.PositiveBigIntegerField(_("region’s number"))
    region = models.CharField(_("region’s code"), max_length=16)
    region_name = models.CharField(_("region"), max_length=100)
    language = models.CharField(_("language"), max_length=100)
    rank = models.PositiveBigIntegerField(_("rank among the languages"))
    status = models.CharField(_("status"), max_length=20, choices=Status)
    indication = models.TextField(_("indication"), blank=True)
    safety_information = models.TextField(_("safety information"), blank=True)
    registration_number = models.CharField(_("registration number"), max_length=100, blank=True)
    authority = models.CharField(_("authority"), max_length=200, blank=True)
    instructions = models.CharField(_("instructions for use"), max_length=2000, blank=True)
    audience = models.CharField(_("intended audience"), max_length=20, choices=Audience)
    effective_from = models.DateField(_("effective from"), null=True)
    review_by = models.DateField(_("review by"), null=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True)
    revision = models.PositiveBigIntegerField(_("revision’s number"), null=True)
    written_by = models.CharField(_("written by"), max_length=400, blank=True)
    published_by = models.CharField(_("published by"), max_length=400, blank=True)
    approved_by = models.TextField(_("approved by"), blank=True)
    sections = models.TextField(_("as pages showed it"), default="{}")
    label = models.PositiveBigIntegerField(_("label’s number"), null=True)
    languages = models.JSONField(_("what held for each language"), null=True)

    roles = models.JSONField(_("roles then"), null=True)

    objects = LabelVersionQuerySet.as_manager()

    class Meta(SealedEntry.Meta):
        verbose_name = _("version of a label")
        verbose_name_plural = _("versions of labels")

    def __str__(self) -> str:
        return f"{self.product_name} – {self.region_name}, {self.since:%Y-%m-%d %H:%M:%S %Z}"

    def is_in_force(self, on: date) -> bool:
        """Say whether pages showed it on `on`."""
        return in_force.is_in_force(self, on)

    def ended_on(self, on: date) -> date | None:
        """Return the day on which it had ended by `on`, None where it had not."""
        return self.withdrawn_on if in_force.force_of(self, on) is in_force.Force.ENDED else None

    @property
    def live(self) -> bool:
        """Say whether the label was published, as a label says it."""
        return self.is_live

    def section(self, language: str) -> str:
        """Return what pages in `language` showed of it, as HTML."""
        sections: dict[str, str] = json.loads(self.sections)
        return sections.get(language, "")

    def withdrawn_section(self, language: str) -> str:
        """Return what pages in `language` showed of it once it had ended, where they stayed up, as HTML."""
        return self.section(f"{language}{WITHDRAWN}")

    @property
    def decided(self) -> list[tuple[str, "StrOrPromise"]]:
        """Return what was decided of the label's languages, each by its code; nothing where all are new."""
        words = {**dict(LanguageDecision.choices), BEHIND: _("Behind the other languages")}
        languages: dict[str, str] = self.languages or {}
        return [(language, words[how]) for language, how in languages.items() if how]

    @property
    def indication_words(self) -> str:
        """Return the indication without its markup."""
        return strip_tags(self.indication)

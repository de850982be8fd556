"""The record of required statements: every text that one had, from which moment on."""

import json
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from region_gate.models.sealed import SealedEntry, SealedQuerySet

from .statement import StatementPlace


class StatementVersionQuerySet(SealedQuerySet):
    """Versions of statements, by what is asked of them."""

    def in_force_at(self, moment: datetime, on: date, *, region: int | None) -> list["StatementVersion"]:
        """Return the versions that pages of `region` showed at `moment`, which was on `on`."""
        known = self.filter(region_number=region).by(moment).order_by("number")
        newest = {version.subject: version for version in known}.values()
        return [version for version in newest if version.is_in_force(on)]


class StatementVersion(SealedEntry):
    """From `since` on, the statement said this in `language`; or nothing any more, where `is_live` is false.

    `subject` is the number of the statement's text, `product` that of the product that it is for alone, and
    `sections` what pages showed of it, in each language of the site.
    """

    CHAIN = "statement"
    SEALED = (
        *SealedEntry.SEALED,
        *(
            "statement_number",
            "region_number",
            "region",
            "region_name",
            "country",
            "place",
            "product",
            "order",
        ),
        *("starts", "withdrawn_on", "language", "rank", "words", "sections"),
        *("revision", "written_by", "published_by", "approved_by", "roles"),
    )

    statement_number = models.PositiveBigIntegerField(_("statement’s number"))
    region_number = models.PositiveBigIntegerField(_("region’s number"), db_index=True)
    region = models.CharField(_("region’s code"), max_length=16)
    region_name = models.CharField(_("region"), max_length=100)
    country = models.CharField(_("country"), max_length=2, blank=True)
    place = models.CharField(_("place"), max_length=20, choices=StatementPlace)
    product = models.PositiveBigIntegerField(_("product’s number"), null=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    starts = models.DateField(_("effective from"), null=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True)
    language = models.CharField(_("language"), max_length=100)
    rank = models.PositiveBigIntegerField(_("rank among the languages"))
    words = models.TextField(_("words"))
    sections = models.TextField(_("as pages showed it"), default="{}")
    revision = models.PositiveBigIntegerField(_("revision’s number"), null=True)
    written_by = models.CharField(_("written by"), max_length=400, blank=True)
    published_by = models.CharField(_("published by"), max_length=400, blank=True)
    approved_by = models.TextField(_("approved by"), blank=True)
    roles = models.JSONField(_("roles then"), default=dict)

    objects = StatementVersionQuerySet.as_manager()

    class Meta(SealedEntry.Meta):
        verbose_name = _("version of a required statement")
        verbose_name_plural = _("versions of required statements")

    def __str__(self) -> str:
        return f"{self.region_name}, {self.since:%Y-%m-%d %H:%M:%S %Z}"

    def is_in_force(self, on: date) -> bool:
        """Say whether pages showed it on `on`, by the rule of `Statement.is_in_force`."""
        has_begun = self.starts is None or self.starts <= on
        return self.is_live and has_begun and (self.withdrawn_on is None or self.withdrawn_on > on)

    def is_for(self, named: set[int]) -> bool:
        """Say whether it stood on a page that named the products with the numbers `named`."""
        if self.place == StatementPlace.FOOTER:
            return True
        return self.product in named if self.product else bool(named)

    @property
    def country_name(self) -> str:
        """Return the country that it is for, in the active language; blank for the whole region."""
        return str(countries.name(self.country)) if self.country else ""

    def section(self, language: str) -> str:
        """Return what pages in `language` showed of it, as HTML."""
        sections: dict[str, str] = json.loads(self.sections)
        return sections.get(language, "")

"""The record of pages: what visitors met at an address, from which moment on, by whose approval."""

import json
from functools import cached_property
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from region_gate.models.sealed import SealedEntry, SealedQuerySet


class Why(models.TextChoices):
    """What happened to a page."""

    PUBLISHED = "published", _("Published")
    CHANGED = "changed", _("Something that it shows was changed")
    MOVED = "moved", _("Moved or renamed")
    UNPUBLISHED = "unpublished", _("Unpublished")
    DELETED = "deleted", _("Deleted")
    FOUND = "found", _("Found live and put on record")


class PublicationQuerySet(SealedQuerySet):
    """Publications, by what is asked of them."""

    def listed(self) -> "PublicationQuerySet":
        """Return the publications without their long fields."""
        return self.defer("content", "html")

    def open(self) -> "PublicationQuerySet":
        """Return what is live now, as far as the record knows."""
        return self.newest().filter(is_live=True)

    def blank(self) -> "PublicationQuerySet":
        """Return what is live now, and whose page as visitors meet it is missing from the record."""
        return self.open().filter(html="")


class Publication(SealedEntry):
    """From `since` on, visitors met this at `url`; or nothing any more, where `is_live` is false.

    `html` is the page as it was answered, with a slot where its labels stood: labels begin and end
    by date, without any publication, so those of a moment are put in from their own record.
    """

    CHAIN = "page"
    SEALED = (
        *SealedEntry.SEALED,
        *("why", "title", "url", "region_number", "region", "region_name", "language", "revision"),
        *("content", "html", "products", "written_by", "published_by", "approved_by", "approval"),
    )

    SEALED_LATER = ("roles",)

    why = models.CharField(_("what happened"), max_length=20, choices=Why)
    title = models.CharField(_("title"), max_length=255)
    url = models.CharField(_("address"), max_length=2000, blank=True)
    region_number = models.PositiveBigIntegerField(_("region’s number"), null=True)
    region = models.CharField(_("region’s code"), max_length=16, blank=True, db_index=True)
    region_name = models.CharField(_("region"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=100)
    revision = models.PositiveBigIntegerField(_("revision’s number"), null=True)
    content = models.TextField(_("content"), blank=True, help_text=_("All fields, as JSON."))
    html = models.TextField(_("page as shown"), blank=True)
    products = models.TextField(_("numbers of the products named"), default="[]")
    written_by = models.CharField(_("written by"), max_length=400, blank=True)
    published_by = models.CharField(_("published by"), max_length=400, blank=True)
    approved_by = models.TextField(_("approved by"), blank=True)
    approval = models.TextField(_("approval"), default="{}")

    roles = models.JSONField(_("roles then"), null=True)

    objects = PublicationQuerySet.as_manager()

    class Meta(SealedEntry.Meta):
        verbose_name = _("publication of a page")
        verbose_name_plural = _("publications of pages")

    def __str__(self) -> str:
        return f"{self.title}, {self.since:%Y-%m-%d %H:%M:%S %Z}"

    @cached_property
    def before(self) -> "Publication | None":
        """The entry about the same page that this one follows; None for the first."""
        same = Publication.objects.filter(subject=self.subject, number=self.number - 1)
        return same.defer("html").first()

    @property
    def state(self) -> str:
        """Say what became of the page; `is_last`, where given, says whether this is its last entry."""
        if not getattr(self, "is_last", True):
            return gettext("In another region now")
        return gettext("Live") if self.is_live else self.get_why_display()

    @property
    def product_numbers(self) -> set[int]:
        """Return the numbers of the products that the page named."""
        return set(json.loads(self.products))

    @property
    def roles_then(self) -> list[str]:
        """Return the roles that the people named had then, a line for each by name; none in older entries."""
        told: dict[str, list[str]] = self.roles or {}
        return [f"{name}: {', '.join(roles) or '–'}" for name, roles in sorted(told.items())]

    @property
    def code(self) -> str:
        """Return the approval's code, blank where there was none."""
        return str(self.approval_facts.get("code", ""))

    @property
    def prepared_on(self) -> str:
        """Return the date of preparation by ISO 8601, blank where there was none."""
        return str(self.approval_facts.get("prepared_on") or "")

    @property
    def review_by(self) -> str:
        """Return by when it was to be reviewed by ISO 8601, blank where that was not said."""
        return str(self.approval_facts.get("review_by") or "")

    @property
    def since_here(self) -> str:
        """Return since when, by ISO 8601 with the offset of the reader's time zone."""
        return timezone.localtime(self.since).isoformat(timespec="seconds")

    @property
    def zone(self) -> str:
        """Return the reader's time zone."""
        return timezone.get_current_timezone_name()

    @property
    def approval_facts(self) -> dict[str, Any]:
        """Return what the approval said, by the names of `ApprovalFacts`; empty where there was none."""
        facts: dict[str, Any] = json.loads(self.approval)
        return facts

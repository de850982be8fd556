"""Legal holds, on record: what each names, and all that was decided of it. Kept for good, and signed."""

from datetime import date
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from region_gate.models.sealed import ChainedEntry, SealedQuerySet


class HoldKind(models.TextChoices):
    """What a hold may name."""

    REGION = "region", _("Region")
    PAGE = "page", _("Page, with all below it")
    PRODUCT = "product", _("Product")
    DOCUMENT = "document", _("Document")
    IMAGE = "image", _("Image")
    PERSON = "person", _("Person")


class HoldEvent(models.TextChoices):
    """What was decided of a hold; it is in force until it is ended."""

    SET = "set", _("In force")
    END_ASKED = "end-asked", _("In force, its end is asked for")
    STAYS = "stays", _("In force, its end was refused")
    ENDED = "ended", _("Ended")


class LegalHoldQuerySet(SealedQuerySet):
    """Holds, by what is asked of them."""

    def current(self) -> Self:
        """Return each hold as it is now, the youngest first."""
        return self.newest().order_by("-subject")

    def in_force(self, on: date) -> Self:
        """Return the holds that keep something on the day `on`."""
        return self.current().exclude(event=HoldEvent.ENDED).filter(starts__lte=on)


class LegalHold(ChainedEntry):
    """One decision of a hold, with all that the hold says; its last entry is the hold as it is now.

    `target` is the key of what is named, blank for a person without an account; `words`, one on each
    line, tell of a person in texts. `region` is the code of its region, blank for what is all regions'.
    """

    CHAIN = "hold"
    SEALED = (
        *ChainedEntry.SEALED,
        *("name", "reason", "kind", "target", "title", "region", "words", "starts"),
        *("event", "said", "person", "by", "roles", "at"),
    )

    subject = models.PositiveBigIntegerField(_("hold’s number"))
    name = models.CharField(_("name"), max_length=200)
    reason = models.TextField(_("reason"))
    kind = models.CharField(_("kind"), max_length=10, choices=HoldKind)
    target = models.CharField(_("number of what is named"), max_length=40, blank=True)
    title = models.CharField(_("what it names"), max_length=500)
    region = models.CharField(_("region"), max_length=50, blank=True)
    words = models.TextField(_("words that name a person"), blank=True)
    starts = models.DateField(_("in force from"))
    event = models.CharField(_("state"), max_length=10, choices=HoldEvent)
    said = models.TextField(_("reason of the decision"), blank=True)
    person = models.PositiveBigIntegerField(_("person’s number"))
    by = models.CharField(_("by"), max_length=400)
    roles = models.TextField(_("role"), blank=True)
    at = models.DateTimeField(_("at"))

    objects = LegalHoldQuerySet.as_manager()

    class Meta(ChainedEntry.Meta):
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the hold's screen."""
        return reverse("legal_hold", args=[self.subject])

    @property
    def is_ended(self) -> bool:
        """Say whether it keeps nothing any more."""
        return self.event == HoldEvent.ENDED

    @property
    def what(self) -> str:
        """Return what it names, with its kind."""
        return f"{self.get_kind_display()}: {self.title}"

    @property
    def at_here(self) -> str:
        """Return when it was decided, by ISO 8601 with the offset of the reader's time zone."""
        return timezone.localtime(self.at).isoformat(timespec="seconds")

    @property
    def zone(self) -> str:
        """Return the reader's time zone."""
        return timezone.get_current_timezone_name()

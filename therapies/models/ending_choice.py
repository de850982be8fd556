"""What becomes of a region's pages when a label ends that allowed what they name."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.models import Region
from region_gate.models.sealed import ChainedEntry, SealedQuerySet
from region_gate.signoff import lasting_name, roles_of


class EndingChoiceQuerySet(SealedQuerySet):
    """Choices, by what is asked of them."""

    def of(self, region: int | None, moment: datetime | None = None) -> "EndingChoice | None":
        """Return the choice that holds in the region numbered so, or held there at `moment` (aware).

        Where the region has chosen nothing, it is everybody's; None before there was one.
        """
        known = self.filter(Q(region=region) | Q(region=None), is_in_force=True)
        return (known.filter(at__lte=moment) if moment else known).order_by(*NEWEST).first()

    def proposal(self, region: Region) -> "EndingChoice | None":
        """Return what one person of the region's legal team has proposed, and another has yet to confirm."""
        last = self.filter(region=region).order_by("-pk").first()
        return None if last is None or last.is_in_force else last

    def for_each(self, region: str) -> Subquery:
        """Return whether the region, to which `region` leads from a row of a query, keeps its pages up."""
        chosen = self.filter(region=OuterRef(region), is_in_force=True).order_by("-pk")
        return Subquery(chosen.values("keeps_up")[:1])

    def keeping(self, regions: Iterable[int]) -> set[int]:
        """Return the numbers of those of `regions` that keep their pages up."""
        found = Region.objects.filter(pk__in=[*regions]).annotate(keeps_up=self.for_each("pk"))
        return {*found.filter(keeps_up=True).values_list("pk", flat=True)}


NEWEST = (models.F("region").desc(nulls_last=True), "-pk")  # the region's own before everybody's


ALL = 1  # the one subject of this chain


class EndingChoice(ChainedEntry):
    """A region's choice: its pages come down when a label ends, or stay up with its last safety information.

    Without a region it is everybody's, as it was shipped. To stay up needs two people of legal: the
    proposal of one is not in force, the confirmation of another is. To come down needs one.
    What it decides is what visitors met, so it is sealed as that is, with the person's name and roles then.
    """

    CHAIN = "choice"
    SEALED = (*ChainedEntry.SEALED, "region", "keeps_up", "is_in_force", "reason", "by", "at")
    SEALED_LATER = ("person", "roles")

    subject = models.PositiveBigIntegerField(_("subject’s number"), default=ALL)
    region = models.ForeignKey(
        Region, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("region")
    )
    keeps_up = models.BooleanField(_("pages stay up, marked as withdrawn"))
    is_in_force = models.BooleanField(_("in force"))
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    person = models.CharField(_("name of who chose"), max_length=400, null=True)  # noqa: DJ001 - None: older
    roles = models.JSONField(_("roles then"), null=True)

    objects = EndingChoiceQuerySet.as_manager()

    class Meta(ChainedEntry.Meta):
        verbose_name = _("choice for when a label ends")
        verbose_name_plural = _("choices for when a label ends")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.region or '–'}, {self.at:%Y-%m-%d %H:%M:%S %Z}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Put it on record with who chose. Raises RecordError where it is there already."""
        if self._state.adding:
            self.person, self.roles = lasting_name(self.by), roles_of(self.by) if self.by else []
        super().save(*args, **kwargs)

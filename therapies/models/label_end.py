"""That a label has ended, and what became of the pages that rested on it: told once, kept for good."""

import json
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from home.models import Region
from region_gate.models.append_only import AppendOnlyModel, AppendOnlyQuerySet


class LabelEnd(AppendOnlyModel):
    """The end of the label numbered `label` on a day; `pages_down` and `pages_up` are the pages' numbers."""

    label = models.PositiveBigIntegerField(_("label’s number"))
    label_name = models.CharField(_("label"), max_length=400)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="label_ends", verbose_name=_("region")
    )
    ended_on = models.DateField(_("ended on"))
    is_followed = models.BooleanField(_("another label is in force"), default=False)
    pages_down = models.TextField(_("pages taken down"), default="[]")
    pages_up = models.TextField(_("pages left up"), default="[]")
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = AppendOnlyQuerySet["LabelEnd"].as_manager()

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("end of a label")
        verbose_name_plural = _("ends of labels")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["label", "ended_on"], name="one_end_of_a_label_on_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.label_name}, {self.ended_on}"

    @property
    def numbers_down(self) -> list[int]:
        """Return the numbers of the pages that came down."""
        return list(json.loads(self.pages_down))

    @property
    def numbers_up(self) -> list[int]:
        """Return the numbers of the pages that name the product and are live still."""
        return list(json.loads(self.pages_up))

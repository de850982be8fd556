"""What somebody did in the admin: an entry of Wagtail's logs with what was true then, all in one table."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar, Self

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, PageLogEntry

from region_gate.models.append_only import AppendOnlyModel, AppendOnlyQuerySet

ALL_REGIONS = "*"  # stands for what every region's legal team reads of


class LogKind(models.TextChoices):
    """Which of Wagtail's logs an entry is in."""

    PAGE = "page"
    MODEL = "model"


class LoggedActionQuerySet(AppendOnlyQuerySet["LoggedAction"]):
    """Actions, by what is asked of them."""

    def in_regions(self, codes: Iterable[str]) -> Self:
        """Return those on things of one of the regions with these codes."""
        found = Q(pk__in=())
        for code in codes:
            found |= Q(regions__contains=f" {code} ")
        return self.filter(found)


class LoggedAction(AppendOnlyModel):
    """One action: `regions` are the codes of the regions of its object, each between spaces."""

    log = models.CharField(max_length=5, choices=LogKind)
    entry = models.PositiveBigIntegerField()
    at = models.DateTimeField(_("at"), db_index=True)
    action = models.CharField(_("action"), max_length=255, db_index=True)
    person = models.PositiveBigIntegerField(_("person’s number"), null=True)
    name = models.CharField(_("person"), max_length=400, blank=True)
    roles = models.TextField(_("role then"), blank=True)
    kind = models.CharField(_("kind"), max_length=200, db_index=True)
    object_id = models.CharField(_("number"), max_length=255)
    title = models.TextField(_("object"))
    regions = models.TextField(_("regions"), blank=True)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = LoggedActionQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["log", "entry"], name="each_entry_is_kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.title}"

    @property
    def at_here(self) -> str:
        """Return when it was, by ISO 8601 with the offset of the reader's time zone."""
        return timezone.localtime(self.at).isoformat(timespec="seconds")

    @property
    def zone(self) -> str:
        """Return the reader's time zone."""
        return timezone.get_current_timezone_name()

    @property
    def who(self) -> str:
        """Return the person's name then; a program's is this."""
        return self.name or str(_("a program"))

    @property
    def action_label(self) -> str:
        """Return the action, as the log calls it."""
        return str(registry.get_action_label(self.action))

    @property
    def kind_label(self) -> str:
        """Return what the object is, in a word."""
        return kind_label(self.kind)

    @property
    def place(self) -> str:
        """Return the codes of the regions, as people read them."""
        codes = self.regions.split()
        return str(_("all regions")) if ALL_REGIONS in codes else ", ".join(codes)

    @property
    def message(self) -> str:
        """Return what the log says of it."""
        return str(self._entry.message)

    @property
    def comment(self) -> str:
        """Return what was said with it."""
        return str(self._entry.comment)

    @cached_property
    def _entry(self) -> Any:
        """Return the log's entry, as far as its words need it, without a query."""
        model: Any = PageLogEntry if self.log == LogKind.PAGE else ModelLogEntry
        return model(action=self.action, data=self.data, label=self.title, timestamp=self.at)


def kind_label(kind: str) -> str:
    """Return what `kind`, a model's label in lower case, is in a word; itself where the model is gone."""
    try:
        return str(capfirst(apps.get_model(kind)._meta.verbose_name))
    except LookupError:
        return kind

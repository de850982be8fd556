"""What a nightly job has found of a link to another site."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutsideState(models.TextChoices):
    """How a link to another site stands."""

    WORKS = "works", _("Works")
    MOVED = "moved", _("Has moved")
    DEAD = "dead", _("Dead")
    UNCLEAR = "unclear", _("No clear answer")


class OutsideLink(models.Model):
    """An address of another site that live pages link, and what it answered last."""

    url = models.TextField(_("address"), unique=True)
    state = models.CharField(_("state"), max_length=10, choices=OutsideState)
    moved_to = models.TextField(_("moved to"), blank=True)
    said = models.CharField(_("answer"), max_length=200, blank=True)
    checked_at = models.DateTimeField(_("checked"))
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("link to another site")
        verbose_name_plural = _("links to other sites")
        default_permissions = ()
        ordering = ["checked_at", "pk"]

    def __str__(self) -> str:
        return self.url

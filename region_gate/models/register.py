"""The register: the links of each page as they were when it was last published."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from region_gate.html.survey import LinkOutcome
from region_gate.links.destinations import DestinationKind
from region_gate.models.policy import Policy

KINDS = [
    (DestinationKind.SAME_REGION.value, _("Same region")),
    (DestinationKind.NEUTRAL.value, _("Neutral")),
    (DestinationKind.EXEMPT.value, _("Exempt")),
    (DestinationKind.CONTACT.value, _("Contact")),
    (DestinationKind.INERT.value, _("Left to scripts")),
    (DestinationKind.CROSS_REGION.value, _("Cross-region")),
    (DestinationKind.THIRD_PARTY.value, _("Third party")),
    (DestinationKind.BLOCKED.value, _("Blocked")),
]
OUTCOMES = [
    (LinkOutcome.PASSED.value, _("Passed")),
    (LinkOutcome.GATED.value, _("Gated")),
    (LinkOutcome.BLOCKED.value, _("Blocked")),
]


class RegisteredLink(models.Model):
    """A way out of a published page, after rendering, so that navigation counts."""

    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    region = models.CharField(_("region"), max_length=50, blank=True)
    language = models.CharField(_("language"), max_length=20)
    element = models.CharField(_("element"), max_length=40)
    href = models.TextField(_("address as written"))
    url = models.TextField(_("address"), blank=True)
    host = models.CharField(_("host"), max_length=255, blank=True)
    text = models.TextField(_("text"), blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=KINDS)
    outcome = models.CharField(_("outcome"), max_length=20, choices=OUTCOMES)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    policy = models.ForeignKey(
        Policy, verbose_name=_("policy"), null=True, on_delete=models.SET_NULL, related_name="links"
    )
    first_seen = models.DateTimeField(_("first seen"))
    last_seen = models.DateTimeField(_("last seen"))

    class Meta:
        """In the order of the pages."""

        verbose_name = _("registered link")
        verbose_name_plural = _("registered links")
        default_permissions = ("view",)
        ordering: ClassVar = ["page__path", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["host"], name="register_host"),
            models.Index(fields=["kind", "outcome"], name="register_kind_outcome"),
            models.Index(fields=["first_seen"], name="register_first_seen"),
        ]

    def __str__(self) -> str:
        """Name the link by what it says and where it leads."""
        return f"{self.text} → {self.url or self.href}"

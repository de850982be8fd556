"""The policies as legal keeps them: drafted, reviewed, approved, with a reason and dates."""

from datetime import date
from typing import ClassVar, Self

from ada_url import URL
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from region_gate import clock, conf
from region_gate.date_limits import error_of
from region_gate.links import policies
from region_gate.links.policies import Decision
from region_gate.models.drafts import KnownDraftMixin
from region_gate.models.one_by_one import OneByOneQuerySet

DECISIONS = [
    (Decision.OURS.value, _("Ours in a region")),
    (Decision.NEUTRAL.value, _("Ours, neutral")),
    (Decision.EXEMPT.value, _("Exempt")),
    (Decision.HOMEPAGE_ONLY.value, _("Homepage only")),
    (Decision.BLOCKED.value, _("Blocked")),
]


class PolicyQuerySet(OneByOneQuerySet["Policy"]):
    """Policies, by what is asked of them."""

    def in_force(self, on: date) -> Self:
        """Return the approved policies effective on `on`."""
        ended = models.Q(ends__lt=on)
        return self.filter(live=True, starts__lte=on).exclude(ended)


class Policy(KnownDraftMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """Legal's standing decision about a host, or a path there; a draft does nothing."""

    decision = models.CharField(_("decision"), max_length=20, choices=DECISIONS)
    host = models.CharField(
        _("host"), max_length=255, help_text=_("Such as www.example.org, without https:// and path.")
    )
    subdomains = models.BooleanField(_("and all its subdomains"), default=False)
    path = models.CharField(
        _("path"), max_length=500, default="/", help_text=_("The decision holds for all that lies below.")
    )
    source = models.CharField(
        _("for links from"), max_length=50, blank=True, help_text=_("Blank: from every region.")
    )
    region = models.CharField(
        _("region"), max_length=50, blank=True, help_text=_("Where “Ours in a region” belongs to.")
    )
    reason = models.TextField(_("reason"), help_text=_("Why legal decided so; kept with the policy."))
    starts = models.DateField(_("effective from"), default=clock.today)
    ends = models.DateField(
        _("effective until"), null=True, blank=True, help_text=_("The last day. Blank: until further notice.")
    )
    revisions = GenericRelation("wagtailcore.Revision", related_query_name="policy")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="policy",
        for_concrete_model=False,
    )

    objects = PolicyQuerySet.as_manager()

    class Meta:
        """One approved policy for each place and source."""

        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        ordering: ClassVar = ["host", "path", "source"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["host", "subdomains", "path", "source"],
                condition=models.Q(live=True),
                name="one_live_policy_per_place_and_source",
            )
        ]

    def __str__(self) -> str:
        """Name the policy by its place and decision."""
        host = f"*.{self.host}" if self.subdomains else self.host
        return f"{host}{self.path} – {self.get_decision_display()}"

    @property
    def value(self) -> policies.PolicyRule:
        """Return the policy as a plain value."""
        return policies.PolicyRule(
            decision=Decision(self.decision),
            host=self.host,
            path=self.path,
            subdomains=self.subdomains,
            source=self.source,
            region=self.region,
            number=self.pk,
        )

    def clean(self) -> None:
        """Spell host and path as browsers do; refuse ties, contradictions and unknown regions."""
        super().clean()
        self.host, self.path = _spelt_host(self.host), _spelt_path(self.path)
        errors = {
            "region": self._region_error(),
            "source": _unknown(self.source),
            "path": self._path_error(),
            "starts": error_of(self.starts),
            "ends": self._dates_error() or error_of(self.ends, since=self.starts),
            "host": self._tie_error(),
        }
        if found := {field: error for field, error in errors.items() if error}:
            raise ValidationError(found)

    def _region_error(self) -> object:
        if self.decision != Decision.OURS:
            return _("Only “Ours in a region” names a region.") if self.region else None
        return _unknown(self.region) if self.region else _("Say which region it is ours in.")

    def _path_error(self) -> object:
        if self.decision == Decision.HOMEPAGE_ONLY and self.path != "/":
            return _("“Homepage only” is about a whole host: leave the path at “/”.")
        return None

    def _dates_error(self) -> object:
        is_before = self.starts and self.ends and self.ends < self.starts
        return _("This is before the first day.") if is_before else None

    def _tie_error(self) -> object:
        same = Policy.objects.exclude(pk=self.pk).filter(
            host=self.host, subdomains=self.subdomains, path=self.path, source=self.source
        )
        if other := same.first():
            return _("There is already a policy for this: %(policy)s. Change that one.") % {"policy": other}
        return None


def _unknown(code: str) -> object:
    if code and not conf.regions().get(code):
        return _("There is no region with this code whose home page is live.")
    return None


def _spelt_host(text: str) -> str:
    """Return the host as the URL Standard spells it. Raises ValidationError with what to type instead."""
    error = ValidationError({"host": _("Write the host alone, such as www.example.org.")})
    if any(mark in text for mark in "/\\?#@ ") or not text:
        raise error
    try:
        return URL(f"https://{text}/").host.removesuffix(".")
    except ValueError:
        raise error from None


def _spelt_path(text: str) -> str:
    """Return the path as the URL Standard spells it. Raises ValidationError with what to type instead."""
    if not text.startswith("/") or "?" in text or "#" in text:
        raise ValidationError({"path": _("Write a path such as /reporting/, without “?” or “#”.")})
    return URL(f"https://host.invalid{text}").pathname

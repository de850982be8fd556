"""The notices as legal keeps them: drafted, reviewed, locked, translated and versioned."""

from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from region_gate import conf, notices
from region_gate.destinations import Destination, Kind

KINDS = [
    (Kind.CROSS_REGION.value, _("Cross-region")),
    (Kind.THIRD_PARTY.value, _("Third party")),
]
SAMPLE_HOST = "www.example.org"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, by what the gate asks of them."""

    def live(self) -> Self:
        """Return the approved ones."""
        return self.filter(live=True)

    def candidates(self, kind: Kind, region: str, language: str) -> Self:
        """Return the notices that may apply to a crossing of `kind` from `region` in `language`."""
        languages = {language, notices.APPROVED_LANGUAGE}
        found = self.filter(kind=kind.value, region__in={region, ""})
        return found.filter(locale__language_code__in=languages).select_related("locale")

    def shown(self, kind: Kind, region: str, language: str) -> notices.Notice:
        """Return the approved words for a crossing: those kept here, else the shipped ones."""
        candidates = [notice.words for notice in self.live().candidates(kind, region, language)]
        return notices.choose(candidates, region, language) or notices.shipped(kind)


class Notice(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    models.Model,
):
    """A notice in one language, for one region or for every region."""

    kind = models.CharField(_("kind"), max_length=20, choices=KINDS)
    region = models.CharField(
        _("region"), max_length=50, blank=True, help_text=_("Blank: every region without its own.")
    )
    heading = models.CharField(_("heading"), max_length=255)
    body = models.TextField(_("paragraphs"), help_text=_("Separated by blank lines."))
    continue_label = models.CharField(_("Continue button"), max_length=60, default="Continue")
    revisions = GenericRelation("wagtailcore.Revision", related_query_name="notice")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="notice",
        for_concrete_model=False,
    )

    objects = NoticeQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        """One notice per kind, region and language."""

        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering: ClassVar = ["kind", "region", "locale"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "region", "locale"], name="one_notice_per_kind_region_locale"
            )
        ]

    def __str__(self) -> str:
        """Name the notice by what it is for."""
        region = self.region or _("every region")
        return f"{self.get_kind_display()}, {region}, {self.locale.language_code}"

    @property
    def words(self) -> notices.Notice:
        """Return the words as a plain value."""
        return notices.Notice(
            Kind(self.kind),
            self.locale.language_code,
            self.heading,
            tuple(notices.paragraphs(self.body)),
            self.continue_label,
            self.region,
        )

    @property
    def text(self) -> str:
        """Return the words whole, as in the approved file: parts joined by blank lines, a newline last."""
        return self.words.text

    def clean(self) -> None:
        """Keep the paragraphs in one form; refuse an unknown region or a second notice for the same use."""
        super().clean()
        self.body = "\n\n".join(notices.paragraphs(self.body))
        if self.region and not conf.regions().get(self.region):
            raise ValidationError({"region": _("There is no region with this code.")})
        if self._twins().exists():
            raise ValidationError({"kind": _("This region and language have such a notice already.")})

    def _twins(self) -> NoticeQuerySet:
        same = Notice.objects.filter(kind=self.kind, region=self.region, locale_id=self.locale_id)
        return same.exclude(pk=self.pk)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Preview the notice as the page that visitors meet."""
        return "region_gate/notice.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Preview the notice before a made-up destination."""
        return {
            **super().get_preview_context(request, mode_name),
            "notice": self.words,
            "destination": Destination(Kind(self.kind), f"https://{SAMPLE_HOST}/", SAMPLE_HOST),
            "region_code": self.region,
            "stay_url": "/",
        }

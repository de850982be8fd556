"""The notices as legal keeps them: drafted, reviewed, locked, translated and versioned."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from region_gate import conf
from region_gate.links.destinations import Destination, DestinationKind
from region_gate.models.drafts import KnownDraftMixin
from region_gate.models.edition import Edition
from region_gate.models.notice_version import KINDS, NoticeVersion
from region_gate.models.one_by_one import OneByOneQuerySet
from region_gate.notices import texts
from region_gate.notices.notice_differences import NoticeDifferences, compare_notices
from region_gate.signoff import acting_as

SAMPLE_HOST = "www.example.org"
# What a copy in another language has of its own.
OWN_STATE = [
    "first_published_at",
    "last_published_at",
    "latest_revision",
    "live_revision",
    "go_live_at",
    "expire_at",
    "expired",
    "locked",
    "locked_at",
    "locked_by",
]


class NoticeQuerySet(OneByOneQuerySet["Notice"]):
    """Notices, by what the gate asks of them."""

    def shown(self, kind: DestinationKind, region: str, language: str) -> texts.NoticeText:
        """Return the approved words for a crossing: those in force, else the shipped ones."""
        return NoticeVersion.objects.shown(kind, region, language)


class Notice(
    KnownDraftMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    models.Model,
):
    """A notice in one language, for one region or for every region.

    This is legal's desk, not what visitors meet: they are shown what is on record as published
    (`NoticeVersion`), so words that were saved past a publication are shown to nobody.
    """

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

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save in one transaction with the steps; nobody else decides meanwhile whether it is live."""
        with transaction.atomic():
            if update_fields is None or "live" in update_fields:
                Edition.lock()
            super().save(*args, update_fields=update_fields, **kwargs)

    def withdraw(self) -> None:
        """Say on record that the notice is in force no more."""
        NoticeVersion.objects.filter(notice=self.pk).withdraw(timezone.now())

    @property
    def words(self) -> texts.NoticeText:
        """Return the words as a plain value."""
        return texts.NoticeText(
            DestinationKind(self.kind),
            self.locale.language_code,
            self.heading,
            tuple(texts.paragraphs(self.body)),
            self.continue_label,
            self.region,
        )

    @property
    def text(self) -> str:
        """Return the words whole, as in the approved file: parts joined by blank lines, a newline last."""
        return self.words.text

    @property
    def differences(self) -> NoticeDifferences | None:
        """Return where English words differ from the shipped; None for a translation, or without any."""
        if self.locale.language_code.partition("-")[0] != texts.APPROVED_LANGUAGE:
            return None
        try:
            return compare_notices(texts.shipped(DestinationKind(self.kind)), self.words)
        except texts.NoWordsError:
            return None

    def publish(
        self, revision: Revision, user: AbstractBaseUser | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Publish `revision` and put it on record, both or neither."""
        with transaction.atomic(), acting_as(user):
            Edition.lock()
            super().publish(revision, user, *args, **kwargs)

    def copy_for_translation(self, locale: Locale, exclude_fields: list[str] | None = None) -> Self:
        """Return an unsaved draft in `locale`: nobody has approved these words in that language."""
        copy: Self = super().copy_for_translation(locale, exclude_fields=OWN_STATE + (exclude_fields or []))
        copy.live, copy.has_unpublished_changes = False, True
        return copy

    def clean(self) -> None:
        """Keep the paragraphs in one form; refuse an unknown region or a second notice for the same use."""
        super().clean()
        self.body = "\n\n".join(texts.paragraphs(self.body))
        if self.region and not conf.regions().get(self.region):
            raise ValidationError({"region": _("There is no region with this code whose home page is live.")})
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
            "destination": Destination(DestinationKind(self.kind), f"https://{SAMPLE_HOST}/", SAMPLE_HOST),
            "region_code": self.region,
            "stay_url": "/",
        }

"""The record of notices: every publication, kept for good. What visitors are shown is read from here."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from region_gate.constancy import moment
from region_gate.links.destinations import DestinationKind
from region_gate.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from region_gate.notices import notice_history, texts

if TYPE_CHECKING:
    from region_gate.models.notice import Notice

KINDS = [
    (DestinationKind.CROSS_REGION.value, _("Cross-region")),
    (DestinationKind.THIRD_PARTY.value, _("Third party")),
]


class NoticeVersionQuerySet(AppendOnlyQuerySet["NoticeVersion"]):
    """Publications of notices, by what is asked of them; they are added and withdrawn, no more."""

    def in_force(self) -> Self:
        """Return those in force now."""
        return self.filter(withdrawn_at=None)

    def candidates(self, kind: DestinationKind, region: str, language: str) -> Self:
        """Return those that may apply to a crossing of `kind` from `region` in `language`."""
        languages = {language, texts.APPROVED_LANGUAGE}
        return self.filter(kind=kind.value, region__in={region, ""}, language__in=languages)

    def shown(self, kind: DestinationKind, region: str, language: str) -> texts.NoticeText:
        """Return the approved words for a crossing: those in force here, else the newest shipped ones.

        Raises NoWordsError where there are none on record.
        """
        is_shown = models.Q(withdrawn_at=None) | ~models.Q(shipped_with="")
        known = [version.value for version in self.candidates(kind, region, language).filter(is_shown)]
        in_force = (version.words for version in known if version.withdrawn_at is None)
        words = texts.choose(in_force, region, language) or notice_history.newest_shipped(known)
        if words is None:
            raise texts.NoWordsError(f"No approved {kind} notice is on record.")
        return words

    def shipped_kinds(self) -> set[DestinationKind]:
        """Return the kinds of crossings for which approved English of the site's is on record."""
        shipped = self.exclude(shipped_with="").order_by().values_list("kind", flat=True).distinct()
        return {DestinationKind(kind) for kind in shipped}

    def shown_at(
        self, kind: DestinationKind, region: str, language: str, at: datetime
    ) -> notice_history.ShownNotice | None:
        """Return what was shown at a crossing at the moment `at` (aware), None before anything was."""
        return notice_history.shown_at(self._known(kind, region, language, at), region, language, at)

    def shown_between(
        self, kind: DestinationKind, region: str, language: str, start: datetime, end: datetime
    ) -> list[notice_history.Stretch]:
        """Return what was shown at a crossing from `start` up to but not including `end` (both aware)."""
        known = self._known(kind, region, language, end)
        return notice_history.shown_between(known, region, language, start, end)

    def _known(
        self, kind: DestinationKind, region: str, language: str, at: datetime
    ) -> list[notice_history.NoticePublication]:
        found = self.candidates(kind, region, language).filter(published_at__lte=at)
        return [version.value for version in found]

    def publish(self, notice: "Notice", approved_by: Iterable[str]) -> "NoticeVersion":
        """Put the words of `notice` on record as in force from now on, in place of those before."""
        now = moment()
        words = notice.words
        place = models.Q(kind=words.kind.value, region=words.region, language=words.language)
        self.filter(place | models.Q(notice=notice.pk)).withdraw(now)
        return self.create(
            kind=words.kind.value,
            region=words.region,
            language=words.language,
            heading=words.heading,
            body="\n\n".join(words.paragraphs),
            continue_label=words.continue_label,
            notice=notice.pk,
            revision=notice.live_revision_id,
            published_at=now,
            approved_by=", ".join(approved_by),
        )

    def withdraw(self, at: datetime) -> None:
        """Say of those in force that they are so no more from the moment `at` on."""
        models.QuerySet.update(self.in_force(), withdrawn_at=at)


class NoticeVersion(AppendOnlyModel):
    """One publication of a notice: what it said, where, from when to when, and who approved it.

    Nothing here points at another row, so the notice, its drafts and the people may be deleted
    and the proof stays whole.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=KINDS)
    region = models.CharField(_("region"), max_length=50, blank=True)
    language = models.CharField(_("language"), max_length=100)
    heading = models.CharField(_("heading"), max_length=255)
    body = models.TextField(_("paragraphs"))
    continue_label = models.CharField(_("Continue button"), max_length=60)
    notice = models.CharField(_("notice’s number"), max_length=40, blank=True)
    revision = models.PositiveBigIntegerField(_("approved draft’s number"), null=True)
    published_at = models.DateTimeField(_("in force from"))
    withdrawn_at = models.DateTimeField(_("in force until"), null=True)
    approved_by = models.TextField(_("approved by"), blank=True)
    shipped_with = models.CharField(_("shipped with version"), max_length=40, blank=True)

    objects = NoticeVersionQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        """One version in force for each kind, region and language."""

        verbose_name = _("publication of a notice")
        verbose_name_plural = _("publications of notices")
        ordering: ClassVar = ["published_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "region", "language"],
                condition=models.Q(withdrawn_at=None),
                name="one_notice_in_force_per_kind_region_language",
            )
        ]

    def __str__(self) -> str:
        """Name the publication by what it was for, and since when."""
        region = self.region or gettext("every region")
        return (
            f"{self.get_kind_display()}, {region}, {self.language}, {self.published_at:%Y-%m-%d %H:%M:%S %Z}"
        )

    @property
    def words(self) -> texts.NoticeText:
        """Return the words as a plain value."""
        paragraphs = tuple(texts.paragraphs(self.body))
        return texts.NoticeText(
            DestinationKind(self.kind),
            self.language,
            self.heading,
            paragraphs,
            self.continue_label,
            self.region,
        )

    @property
    def value(self) -> notice_history.NoticePublication:
        """Return the publication as a plain value."""
        return notice_history.NoticePublication(
            words=self.words,
            published_at=self.published_at,
            withdrawn_at=self.withdrawn_at,
            approved_by=self.approved_by,
            shipped_with=self.shipped_with,
            number=self.pk,
            revision=self.revision,
        )

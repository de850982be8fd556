"""The record of notices: every publication, kept for good. What visitors are shown is read from here.

All of it is one chain, so that no notice goes out of it unseen; the ends of publications are another.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import functions
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from region_gate.constancy import moment
from region_gate.links.destinations import DestinationKind
from region_gate.models.edition import Edition
from region_gate.models.sealed import ChainedEntry, SealedQuerySet
from region_gate.notices import notice_history, texts
from region_gate.signoff import acting

if TYPE_CHECKING:
    from region_gate.models.notice import Notice

KINDS = [
    (DestinationKind.CROSS_REGION.value, _("Cross-region")),
    (DestinationKind.THIRD_PARTY.value, _("Third party")),
]


ALL = 1  # the one subject of these chains


class NoticeWithdrawal(ChainedEntry):
    """Says from when on a publication of a notice was in force no more, and who ended it."""

    CHAIN = "notice-end"
    SEALED = (*ChainedEntry.SEALED, "version", "at", "by")

    subject = models.PositiveBigIntegerField(_("subject’s number"), default=ALL)
    version = models.PositiveBigIntegerField(_("publication’s number"), unique=True)
    at = models.DateTimeField(_("in force until"))
    by = models.CharField(_("by"), max_length=400, blank=True)

    objects = SealedQuerySet.as_manager()

    class Meta(ChainedEntry.Meta):
        """Each publication ends once."""

        verbose_name = _("end of a publication of a notice")
        verbose_name_plural = _("ends of publications of notices")

    def __str__(self) -> str:
        """Name the publication, and when it ended."""
        return f"{self.version}, {self.at:%Y-%m-%d %H:%M:%S %Z}"


class NoticeVersionQuerySet(SealedQuerySet):
    """Publications of notices, by what is asked of them; each comes with when it ended, if it has."""

    def in_force(self) -> Self:
        """Return those in force now."""
        return self.filter(ended_at=None)

    def candidates(self, kind: DestinationKind, region: str, language: str) -> Self:
        """Return those that may apply to a crossing of `kind` from `region` in `language`."""
        languages = {language, texts.APPROVED_LANGUAGE}
        return self.filter(kind=kind.value, region__in={region, ""}, language__in=languages)

    def shown(self, kind: DestinationKind, region: str, language: str) -> texts.NoticeText:
        """Return the approved words for a crossing: those in force here, else the newest shipped ones.

        Raises NoWordsError where there are none on record.
        """
        is_shown = models.Q(ended_at=None) | ~models.Q(shipped_with="")
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
        Edition.lock_in_transaction()
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
        for version in self.in_force():
            NoticeWithdrawal(version=version.pk, at=at, by=acting()).save()


def _with_ends() -> NoticeVersionQuerySet:
    ends = NoticeWithdrawal.objects.filter(version=models.OuterRef("pk")).values("at")[:1]
    ended_at = functions.Coalesce(models.F("withdrawn_at"), models.Subquery(ends))
    return NoticeVersionQuerySet(NoticeVersion).annotate(ended_at=ended_at)


class NoticeVersionManager(models.Manager.from_queryset(NoticeVersionQuerySet)):  # type: ignore[misc] # made here
    """Gives each publication with when it ended."""

    def get_queryset(self) -> NoticeVersionQuerySet:
        """Return all publications."""
        return _with_ends().using(self._db) if self._db else _with_ends()


class NoticeVersion(ChainedEntry):
    """One publication of a notice: what it said, where, from when on, and who approved it.

    `withdrawn_at` is set only in what was over when it went on record: such as words that were shipped
    and never in force. `ended_at` says when any ended. Nothing here points at another row, so the notice,
    its drafts and the people may be deleted and the proof stays whole.
    """

    CHAIN = "notice"
    SEALED = (
        *ChainedEntry.SEALED,
        *("kind", "region", "language", "heading", "body", "continue_label", "notice", "revision"),
        *("published_at", "withdrawn_at", "approved_by", "shipped_with"),
    )
    ended_at: datetime | None = None  # which every query finds

    subject = models.PositiveBigIntegerField(_("subject’s number"), default=ALL)

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

    objects = NoticeVersionManager()

    class Meta(ChainedEntry.Meta):
        """In the order in which they were published."""

        verbose_name = _("publication of a notice")
        verbose_name_plural = _("publications of notices")
        ordering: ClassVar = ["published_at", "pk"]

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
            withdrawn_at=self.ended_at,
            approved_by=self.approved_by,
            shipped_with=self.shipped_with,
            number=self.pk,
            revision=self.revision,
        )

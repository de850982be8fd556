"""Where a page came from: another region's page, as it was when it was taken over."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from .catch_up import CatchUp, SourceChange, read_content


class News(models.TextChoices):
    """What has become of an original since it was last seen."""

    NONE = "none", _("As last seen")
    PUBLISHED = "published", _("Published again")
    WITHDRAWN = "withdrawn", _("No longer published")
    DELETED = "deleted", _("Deleted")


class AdaptationQuerySet(models.QuerySet["Adaptation"]):
    """Adaptations, by what is asked of them."""

    def with_news(self) -> Self:
        """Add `news`, what has become of each original since it was last seen."""
        return self.annotate(
            news=Case(
                When(source=None, then=Value(News.DELETED.value)),
                When(~Q(source__in=Page.objects.live().public()), then=Value(News.WITHDRAWN.value)),
                When(~Exists(_changes_since()), then=Value(News.NONE.value)),
                default=Value(News.PUBLISHED.value),
                output_field=models.CharField(),
            )
        )

    def with_last_seen(self) -> Self:
        """Add `seen_at` and `seen_by`, when and by whom each original was last caught up with."""
        return self.annotate(
            seen_at=Subquery(_last_catch_up().values("at")[:1]),
            seen_by=Subquery(_last_catch_up().values("by__username")[:1]),
        )


def _last_catch_up() -> models.QuerySet[CatchUp]:
    return CatchUp.objects.in_effect().filter(page=OuterRef("page"), source=OuterRef("source"))


def _changes_since() -> models.QuerySet[SourceChange]:
    up_to = CatchUp.objects.in_effect().filter(page=OuterRef(OuterRef("page")), source=OuterRef("page"))
    return SourceChange.objects.published().filter(
        page=OuterRef("source"), at__gt=Subquery(up_to.values("up_to")[:1])
    )


class Adaptation(models.Model):
    """A page that began as a copy of another region's live page.

    `taken` is that page's published content as it was taken over, kept so that no deletion loses it.
    What of it has been taken over since, its `CatchUp`s say.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="adaptation")
    source = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="adaptations")
    source_title = models.CharField(_("original"), max_length=255)
    source_url = models.URLField(_("address of the original"), max_length=2000, blank=True)
    source_region = models.CharField(_("region of the original"), max_length=100)
    taken = models.JSONField(encoder=DjangoJSONEncoder)
    taken_revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_at = models.DateTimeField(_("taken over"), default=timezone.now)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = AdaptationQuerySet.as_manager()

    # What holds pages together here is told in their editors, to whom it concerns.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("adaptation")
        verbose_name_plural = _("adaptations")
        ordering: ClassVar = ["-taken_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.source_region}: {self.source_title}"

    @property
    def original(self) -> Page | None:
        """Return the original as visitors see it now, None where they do not see it."""
        source = self.source
        if source is None or not source.live or source.get_view_restrictions().exists():
            return None
        return source.specific

    @property
    def last_seen(self) -> CatchUp | None:
        """Return the last catching up with the original."""
        return CatchUp.objects.in_effect().filter(page=self.page_id, source=self.source_id).first()

    def as_seen(self) -> Page:
        """Return the original as it was last seen."""
        last = self.last_seen or self.page.catch_ups.in_effect().first()
        return read_content(self.page, last.content if last and last.content else self.taken)

    def as_taken(self) -> Page:
        """Return the original as it was taken over."""
        return read_content(self.page, self.taken)

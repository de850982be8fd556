"""Where a page came from: another region's page, and what of it has been seen since."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import COMMENTS_RELATION_NAME, Page, Revision

AS_SEEN = Q(source__live_revision=F("seen_revision")) | Q(source__live_revision=None, seen_revision=None)


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
                When(AS_SEEN, then=Value(News.NONE.value)),
                default=Value(News.PUBLISHED.value),
                output_field=models.CharField(),
            )
        )


class Adaptation(models.Model):
    """A page that began as a copy of another region's live page.

    `taken` and `seen` are that page's published content, kept so that no deletion loses it: as it
    was taken over, and as it was when someone here last looked.
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
    seen = models.JSONField(encoder=DjangoJSONEncoder)
    seen_revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
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

    def as_seen(self) -> Page:
        """Return the original as it was last seen."""
        return self._read(self.seen)

    def as_taken(self) -> Page:
        """Return the original as it was taken over."""
        return self._read(self.taken)

    def _read(self, content: dict[str, Any]) -> Page:
        page_class = self.page.specific_class or Page
        return page_class.from_serializable_data(content, check_fks=False)

    def mark_seen(self, original: Page, by: Any) -> None:
        """Remember `original` as what was last seen, by whom and when."""
        self.seen, self.seen_revision_id = published_content(original), original.live_revision_id
        self.seen_by_id, self.seen_at = by.pk, timezone.now()
        self.save(update_fields=["seen", "seen_revision", "seen_by", "seen_at"])


def published_content(page: Page) -> dict[str, Any]:
    """Return what of `page` is published, without what its editors only have in mind."""
    content = {**page.serializable_data(), "draft_title": page.title}
    return {name: value for name, value in content.items() if name != COMMENTS_RELATION_NAME}

"""What of a source its translations and adaptations have taken over, and when the source has changed."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import COMMENTS_RELATION_NAME, Page, Revision

from region_gate.models.one_by_one import OneByOneQuerySet


class SourceChangeQuerySet(OneByOneQuerySet["SourceChange"]):
    """Changes of sources, by what is asked of them."""

    def published(self) -> Self:
        """Return those that visitors see."""
        return self.filter(at__isnull=False)

    def marked(self) -> Self:
        """Return those that are marked as safety changes and are not published yet."""
        return self.filter(at=None, is_urgent=True)


class SourceChange(models.Model):
    """A publication by which a page says something else than before, so that what follows it is behind.

    One that is marked as a safety change is there before it is published; `at` is blank until then.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="source_changes")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("published"), null=True)
    is_urgent = models.BooleanField(_("safety change"), default=False)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SourceChangeQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change of a source")
        verbose_name_plural = _("changes of sources")
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["page", "at"], name="therapies_change_of_source")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.at}"


class CatchUpQuerySet(models.QuerySet["CatchUp"]):
    """What has been taken over, by what is asked of it."""

    def in_effect(self) -> Self:
        """Return what visitors see to be taken over, the latest first."""
        return self.filter(in_effect_since__isnull=False).order_by("-in_effect_since", "-pk")

    def declared_with(self, revision: int | None) -> Self:
        """Return what the draft `revision` says to have taken over, and no visitor sees yet."""
        return self.filter(in_effect_since=None, with_revision=revision, with_revision__isnull=False)


class CatchUp(models.Model):
    """Somebody's decision that a page has taken over all changes of its source up to a moment.

    It is in effect when the page's revision goes live that it was made with, and at once where the page
    had nothing to change. `content` is the source's published content then, so that no deletion loses it.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="catch_ups")
    source = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    up_to = models.DateTimeField(_("up to"), default=timezone.now)
    content = models.JSONField(encoder=DjangoJSONEncoder, null=True)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    with_revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    in_effect_since = models.DateTimeField(_("in effect since"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("decided"), default=timezone.now)

    objects = CatchUpQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("catching up")
        verbose_name_plural = _("catching up")
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.page_id} {self.up_to}"


def published_content(page: Page) -> dict[str, Any]:
    """Return what of `page` is published, without what its editors only have in mind."""
    content = {**page.serializable_data(), "draft_title": page.title}
    return {name: value for name, value in content.items() if name != COMMENTS_RELATION_NAME}


def read_content(page: Page, content: dict[str, Any]) -> Page:
    """Return a page of the kind of `page` with `content`, as `published_content` returned it."""
    page_class = page.specific_class or Page
    return page_class.from_serializable_data(content, check_fks=False)

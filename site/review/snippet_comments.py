"""Comments on labels, notices, policies and products, for which Wagtail has none."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision


class SnippetCommentQuerySet(models.QuerySet["SnippetComment"]):
    """Comments, by what they are about."""

    def on(self, thing: models.Model) -> "SnippetCommentQuerySet":
        """Return those on `thing`."""
        return self.filter(content_type=ContentType.objects.get_for_model(thing), object_id=str(thing.pk))


class SnippetComment(models.Model):
    """A reviewer's comment on a field of a snippet; its fields are called as those of Wagtail's comments."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    thing = GenericForeignKey("content_type", "object_id")
    contentpath = models.TextField(_("field"))
    text = models.TextField(_("comment"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("at"), auto_now_add=True)
    revision_created = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    resolved_at = models.DateTimeField(_("closed at"), null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("closed by"),
    )

    objects = SnippetCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a snippet")
        verbose_name_plural = _("comments on snippets")
        indexes: ClassVar = [models.Index(fields=["content_type", "object_id"], name="comments_on_a_snippet")]

    def __str__(self) -> str:
        return self.text

    @property
    def log_values(self) -> dict[str, Any]:
        """Return what the history says of it."""
        return {"id": self.pk, "contentpath": self.contentpath, "text": self.text}


class SnippetReply(models.Model):
    """An answer to a comment on a snippet."""

    comment = models.ForeignKey(SnippetComment, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField(_("answer"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("answer to a comment")
        verbose_name_plural = _("answers to comments")

    def __str__(self) -> str:
        return self.text

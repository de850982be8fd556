"""A mail that waits for being sent, was sent, or could not be."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult, TaskResultStatus


class StoredMailQuerySet(models.QuerySet["StoredMail"]):
    """Mails, asked for in the domain's words."""

    def undeliverable(self) -> "StoredMailQuerySet":
        """Return those that were given up, and that nobody has dealt with."""
        return self.filter(task__status=TaskResultStatus.FAILED, sent_at=None, is_settled=False)

    def over(self) -> "StoredMailQuerySet":
        """Return those that nobody waits for any more."""
        return self.filter(Q(sent_at__isnull=False) | Q(is_settled=True))


class StoredMail(models.Model):
    """A mail as it was written; `message` is all of it, as `jobs.stored_messages` reads it."""

    subject = models.CharField(_("subject"), max_length=255)
    recipients = models.JSONField(_("recipients"), default=list)
    message = models.JSONField(editable=False)
    made_at = models.DateTimeField(_("written"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    is_settled = models.BooleanField(_("settled"), default=False)
    task = models.OneToOneField[Any, Any](
        DBTaskResult, on_delete=models.SET_NULL, null=True, editable=False, related_name="mail"
    )

    objects = StoredMailQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")

    def __str__(self) -> str:
        """Return its subject."""
        return self.subject

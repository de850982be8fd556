"""What people have chosen, and what they have been told: each thing once."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DigestFrequency(models.TextChoices):
    """How often somebody gets a digest."""

    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every Monday")
    NONE = "none", _("Never")


class DigestChoice(models.Model):
    """How often a person wants their digest; without a choice it is weekly."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_choice"
    )
    frequency = models.CharField(
        _("digest by e-mail"),
        max_length=10,
        choices=DigestFrequency,
        default=DigestFrequency.WEEKLY,
        help_text=_("What needs your attention, in one e-mail; none where there is nothing."),
    )

    class Meta:
        verbose_name = _("choice of a digest")
        verbose_name_plural = _("choices of digests")

    def __str__(self) -> str:
        return f"{self.person_id} {self.frequency}"


class Digest(models.Model):
    """That a person's digest was made for the day or week that begins on `begins`, empty or not."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    begins = models.DateField(_("begins"))
    number = models.PositiveIntegerField(_("matters"))
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering: ClassVar = ["-begins", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "begins"], name="reminders_one_digest_for_each_period")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.begins}"


class Reminder(models.Model):
    """That people were told of a matter at one of its steps; `matter` stands for it, and its date with it."""

    matter = models.CharField(_("matter"), max_length=64)
    step = models.CharField(_("step"), max_length=20)
    region = models.CharField(_("region"), max_length=16, blank=True)
    subject = models.CharField(_("what"), max_length=255)
    due = models.DateField(_("due"), null=True)
    told = models.JSONField(_("told"), default=list)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "step"], name="reminders_one_for_each_step")
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.step})"

"""An enquiry: what a visitor wrote to a region's team. It is deleted after some time."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from home.models import Region

MAX_MESSAGE = 4000  # characters
MAX_NAME = 100
MAX_EMAIL = 254  # RFC 5321, section 4.5.3.1.3


class EnquirySubject(models.TextChoices):
    """What somebody writes about."""

    TREATMENT = "treatment", _("A question about a treatment")
    SIDE_EFFECT = "side-effect", _("A side effect or a complaint")
    PRESS = "press", _("Press")
    OTHER = "other", _("Something else")


class SenderRole(models.TextChoices):
    """Who writes, where they say so."""

    PATIENT = "patient", _("I am a patient")
    CARER = "carer", _("I care for a patient")
    PROFESSIONAL = "professional", _("I am a healthcare professional")


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """Enquiries, by what is asked of them."""

    def received_before(self, moment: datetime) -> Self:
        """Return those that came before `moment`."""
        return self.filter(received_at__lt=moment)

    def unanswered(self) -> Self:
        """Return those that nobody has marked as answered."""
        return self.filter(answered_at=None)


class Enquiry(models.Model):
    """What was written by one form, which is taken once, whoever sends it twice.

    Its own name says nothing of who wrote or what, for logs and e-mails name it.
    """

    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="enquiries"
    )
    language = models.CharField(_("language"), max_length=12)
    subject = models.CharField(_("about"), max_length=20, choices=EnquirySubject)
    role = models.CharField(_("who writes"), max_length=20, choices=SenderRole, blank=True)
    message = models.TextField(_("message"), max_length=MAX_MESSAGE)
    name = models.CharField(_("name"), max_length=MAX_NAME, blank=True)
    email = models.EmailField(_("e-mail"), max_length=MAX_EMAIL)
    consent = models.TextField(_("agreed to"), help_text=_("The words that the sender has agreed to."))
    form = models.CharField(max_length=32, unique=True, editable=False)
    received_at = models.DateTimeField(_("received"), default=timezone.now, db_index=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = EnquiryQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # Wagtail's own mark: who is where used is no matter of these

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering: ClassVar = ["-received_at", "-pk"]
        default_permissions = ("view", "change", "delete")

    def __str__(self) -> str:
        return f"{_('Enquiry')} {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address of its screen."""
        return reverse("enquiry", args=[self.pk])

    @property
    def state(self) -> str:
        """Return whether it was answered, by whom and when."""
        if self.answered_at is None:
            return str(_("Waits for an answer"))
        day = date_format(timezone.localtime(self.answered_at), "j M Y")
        by = self.answered_by.get_username() if self.answered_by else "–"
        return str(_("Answered on %(day)s by %(person)s") % {"day": day, "person": by})

"""The office hours of a contact: days, times, and the time zone in which they are meant."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from home.blocks.hours import OfficeHoursBlock

HOURS_FIELDS = ("office_hours", "time_zone")


def time_zones() -> list[tuple[str, str]]:
    """Return the time zones that may be chosen, by the names that browsers know."""
    return [(zone, zone.replace("_", " ")) for zone in settings.WAGTAIL_USER_TIME_ZONES]


class OfficeHoursMixin(models.Model):
    """Hours and their time zone; without either there are none."""

    office_hours = StreamField(
        OfficeHoursBlock(),
        verbose_name=_("office hours"),
        blank=True,
        help_text=_(
            "Below the contact; readers elsewhere see them in their own time zone, too. Without any: those "
            "of the region’s home page in another language."
        ),
    )
    time_zone = models.CharField(
        _("time zone of the office hours"),
        max_length=60,
        blank=True,
        choices=time_zones,
        help_text=_("In which the hours are meant, such as Europe/Berlin."),
    )

    hours_panels = [FieldPanel(name) for name in HOURS_FIELDS]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse hours without a time zone, which nobody elsewhere could read."""
        super().clean()
        if self.office_hours and not self.time_zone:
            raise ValidationError({"time_zone": _("Hours need a time zone.")})

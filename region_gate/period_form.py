"""The question when: a date and perhaps a time, in a time zone, for views of what is on record."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.utils import flatatt, from_current_timezone
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.localization import get_available_admin_time_zones

from region_gate import clock

FUTURE = _("This is in the future: nothing was shown yet.")


class LongSelect(forms.Select):
    """A choice among hundreds: Django renders a template for each option, which took a third of the page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the control with its options."""
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            (
                (choice, mark_safe(" selected") if choice == value else "", label)
                for choice, label in self.choices
            ),
        )
        given = flatatt({**self.build_attrs(self.attrs, attrs), "name": name})
        return format_html("<select{}>{}</select>", given, options)


class PeriodForm(forms.Form):
    """Asks for a second or a whole day, not in the future.

    Its clean values `start` and `end` are moments in UTC; `end` is the first one after the period.
    """

    day = forms.DateField(
        label=_("Date"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(date(1990, 1, 1)), MaxValueValidator(clock.latest_day, FUTURE)],
    )
    time = forms.TimeField(
        label=_("Time"),
        required=False,
        help_text=_("To the second. Leave it empty for the whole day."),
        input_formats=["%H:%M:%S", "%H:%M"],
        widget=forms.TimeInput(attrs={"type": "time", "step": "1"}, format="%H:%M:%S"),
    )
    zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("In which the date and time are meant."), widget=LongSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the time zones."""
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = zone_choices()  # type: ignore[attr-defined] # it is a choice field

    def clean(self) -> dict[str, Any]:
        """Add `start` and `end`. Raises ValidationError for a period in the future."""
        asked = super().clean() or {}
        if not self.errors:
            with timezone.override(ZoneInfo(asked["zone"])):
                asked["start"], asked["end"] = _bounds(asked["day"], asked["time"])
            if asked["start"] > timezone.now():
                raise ValidationError({"day": FUTURE})
        return asked


def _bounds(day: date, at: time | None) -> tuple[datetime, datetime]:
    """Return the second, or else the whole day, in the current time zone, as moments in UTC.

    Raises ValidationError for a time that the clock skipped or showed twice that day.
    """
    if at:
        start = from_current_timezone(datetime.combine(day, at)).astimezone(UTC)
        return start, start + timedelta(seconds=1)
    here = timezone.get_current_timezone()
    midnights = (datetime.combine(day + timedelta(days=n), time.min, here) for n in (0, 1))
    start, end = (midnight.astimezone(UTC) for midnight in midnights)
    return start, end


def zone_choices() -> list[tuple[str, str]]:
    """Return the names of the time zones, UTC among them whatever the admin offers."""
    zones = {"UTC", timezone.get_current_timezone_name(), *get_available_admin_time_zones()}
    return [(zone, zone.replace("_", " ")) for zone in sorted(zones)]

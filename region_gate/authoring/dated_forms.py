"""Forms that say which day was typed, and in which time zone, and refuse the year 1 and 9999.

A day is asked for by the browser's own field, with its calendar, in the order of whoever reads it.
"""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from region_gate import clock
from region_gate.date_limits import check_day, check_moment, in_words

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    View = forms.BaseForm  # one that the mixin stands in front of
else:
    View = object


class DayInput(forms.DateInput):
    """The browser's own field for a day; it sends ISO 8601, whichever order it shows."""

    input_type = "date"

    def __init__(self, attrs: Any = None) -> None:
        """Write what it starts with as it sends it."""
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """The browser's own field for a day and a time, sent as ISO 8601 too."""

    input_type = "datetime-local"

    def __init__(self, attrs: Any = None) -> None:
        """Write what it starts with as it sends it."""
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


class DatedFormMixin(View):
    """Says each date in words beside its field, and refuses those that nobody can mean.

    `limited` names the fields whose own limits, which are narrower, are checked elsewhere.
    """

    limited: Collection[str] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show each date that the form starts with in words, and have each checked at its field."""
        super().__init__(*args, **kwargs)
        for name, field in _dated(self.fields):
            is_moment = isinstance(field, forms.DateTimeField)
            if not is_moment:
                field.widget, required = DayInput(), field.widget.is_required
                field.widget.is_required = required
            if name not in self.limited:
                field.validators = [*field.validators, check_moment if is_moment else check_day]
            help_text = _help(field, self[name].value(), str(field.help_text))
            field.help_text = self[name].help_text = help_text

    @property
    def media(self) -> forms.Media:
        """Return what the form needs in the browser."""
        return super().media + forms.Media(js=["region_gate/days.js"])


class DatedModelForm(DatedFormMixin, WagtailAdminModelForm):
    """The model form of the admin, for models that have dates."""


def _dated(fields: dict[str, forms.Field]) -> Iterator[tuple[str, forms.Field]]:
    """Yield the fields that ask for a day or a moment."""
    for name, field in fields.items():
        if isinstance(field, forms.DateField | forms.DateTimeField):
            yield name, field


def _help(field: forms.Field, value: Any, said: str) -> "SafeString":
    """Return what stands beside the field: its help, the zone, and the day in words."""
    is_moment = isinstance(field, forms.DateTimeField)
    zone = (
        _zone_of_moment() if is_moment else _("In the site’s time zone, %(zone)s.") % {"zone": clock.zone()}
    )
    words = _words(field, value)
    sentences = format_html_join(" ", "{}", ((part,) for part in (said, zone) if part))
    kind = "moment" if is_moment else "day"
    return format_html('{} <strong data-in-words="{}" aria-live="polite">{}</strong>', sentences, kind, words)


def _zone_of_moment() -> str:
    """Name the time zone in which moments are read: that of the person who is signed in."""
    return _("In your time zone, %(zone)s; the site’s is %(site)s.") % {
        "zone": timezone.get_current_timezone_name(),
        "site": clock.zone(),
    }


def _words(field: forms.Field, value: Any) -> str:
    """Return the day that `value` means, blank where it means none; of a moment, what it is on the site."""
    try:
        found = field.to_python(value)
        return "" if found is None else _moment_in_words(found) if hasattr(found, "hour") else in_words(found)
    except (ValidationError, OverflowError):
        return ""


def _moment_in_words(moment: Any) -> str:
    there = moment.astimezone(timezone.get_default_timezone())
    words = _("On the site: %(day)s, %(time)s.")
    return words % {"day": in_words(clock.day_of(moment)), "time": time_format(there, "H:i")}

"""The record in the admin: what a notice said on a date, in a region and language, approved by whom."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.utils import from_current_timezone
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.localization import get_available_admin_time_zones
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from region_gate import clock, conf
from region_gate.links.destinations import DestinationKind
from region_gate.models import Notice, NoticeVersion
from region_gate.models.notice_version import KINDS
from region_gate.notices.notice_history import Stretch

Choices = list[tuple[str, str]]
FUTURE = _("This is in the future: nothing was shown yet.")


class NoticeDateForm(forms.Form):
    """Asks what a notice said: of which kind, where, in which language, and when."""

    kind = forms.ChoiceField(label=_("Notice"), choices=KINDS)
    region = forms.ChoiceField(label=_("Shown in"), required=False)
    language = forms.ChoiceField(label=_("Language of the page"))
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
    zone = forms.ChoiceField(label=_("Time zone"), help_text=_("In which the date and time are meant."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the regions, languages and time zones there are, and those on record."""
        super().__init__(*args, **kwargs)
        offered = {"region": region_choices(), "language": language_choices(), "zone": zone_choices()}
        for field, choices in offered.items():
            self.fields[field].choices = choices  # type: ignore[attr-defined] # they are choice fields

    def clean(self) -> dict[str, Any]:
        """Work out the time that is asked about, `start` up to but not including `end`."""
        asked = super().clean() or {}
        if not self.errors:
            with timezone.override(ZoneInfo(asked["zone"])):
                asked["start"], asked["end"] = _bounds(asked["day"], asked["time"])
            if asked["start"] > timezone.now():
                raise ValidationError({"day": FUTURE})
        return asked

    def answered(self) -> dict[str, Any]:
        """Return the question in words, and what was shown in that time, up to now."""
        now = timezone.now()
        asked = {**self.cleaned_data, "end": min(self.cleaned_data["end"], now)}
        return {
            "asked": asked,
            "asked_in_words": {field: self._in_words(field) for field in ("kind", "region", "language")},
            "stretches": self._stretches(asked),
            "precision": "j F Y, H:i:s.u" if asked["time"] else "j F Y, H:i:s",
            "now": now,
        }

    def _in_words(self, field: str) -> str:
        return dict(self.fields[field].choices)[self.cleaned_data[field]]  # type: ignore[attr-defined] # as above

    def _stretches(self, asked: dict[str, Any]) -> list[Stretch]:
        shown_between = NoticeVersion.objects.shown_between
        kind, place = DestinationKind(asked["kind"]), (asked["region"], asked["language"])
        return shown_between(kind, *place, asked["start"], asked["end"])


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


def region_choices() -> Choices:
    """Return the code and name of each region, and the codes that are only on record any more."""
    present = [(region.code, region.name) for region in conf.regions().regions]
    return [("", gettext("No region")), *_with_record(present, "region")]


def language_choices() -> Choices:
    """Return the code and name of each language, and the codes that are only on record any more."""
    return _with_record([(code, str(name)) for code, name in settings.LANGUAGES], "language")


def zone_choices() -> Choices:
    """Return the names of the time zones, UTC among them whatever the admin offers."""
    zones = {"UTC", timezone.get_current_timezone_name(), *get_available_admin_time_zones()}
    return [(zone, zone.replace("_", " ")) for zone in sorted(zones)]


def _with_record(present: Choices, field: str) -> Choices:
    recorded: Iterable[str] = (
        NoticeVersion.objects.order_by(field).values_list(field, flat=True).distinct().exclude(**{field: ""})
    )
    known = dict(present)
    return present + [(code, code) for code in recorded if code not in known]


class NoticeRecordView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Answers what a notice said then, on a page that can be printed."""

    model = Notice
    permission_policy = policy_registry.get_by_type(Notice)
    any_permission_required = ["add", "change", "delete", "publish", "view"]
    template_name = "region_gate/notice_record.html"
    page_title = _("What notices said when")
    menu_label = _("Notices on a date")
    header_icon = "history"
    index_url_name = ""  # given by the viewset

    @classmethod
    def is_open_to(cls, user: Any) -> bool:
        """Say whether `user` may see the record: whoever may see the notices."""
        return bool(cls.permission_policy.user_has_any_permission(user, cls.any_permission_required))

    @cached_property
    def form(self) -> NoticeDateForm:
        """Return the question, empty at first."""
        asked = self.request.GET if "day" in self.request.GET else None
        return NoticeDateForm(asked, initial={"zone": timezone.get_current_timezone_name()})

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the notices."""
        notices = {"url": reverse(self.index_url_name), "label": _("Notices")}
        return [*super().get_breadcrumbs_items(), notices, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the form and, once it was asked, the answer."""
        context = super().get_context_data(form=self.form, **kwargs)
        if self.form.is_valid():
            context |= self.form.answered()
        return context

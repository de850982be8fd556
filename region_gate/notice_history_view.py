"""The record in the admin: what a notice said on a date, in a region and language, approved by whom."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin

from region_gate import conf
from region_gate.links.destinations import DestinationKind
from region_gate.models import Notice, NoticeVersion
from region_gate.models.notice_version import KINDS
from region_gate.notice_export import exported
from region_gate.notices.notice_history import Stretch
from region_gate.period_form import PeriodForm

Choices = list[tuple[str, str]]


class NoticeDateForm(PeriodForm):
    """Asks what a notice said: of which kind, where, in which language, and when."""

    kind = forms.ChoiceField(label=_("Notice"), choices=KINDS)
    region = forms.ChoiceField(label=_("Shown in"), required=False)
    language = forms.ChoiceField(label=_("Language of the page"))
    field_order = ["kind", "region", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the regions and languages there are, and those on record."""
        super().__init__(*args, **kwargs)
        for field, choices in {"region": region_choices(), "language": language_choices()}.items():
            self.fields[field].choices = choices  # type: ignore[attr-defined] # they are choice fields

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


def region_choices() -> Choices:
    """Return the code and name of each region, and the codes that are only on record any more."""
    present = [(region.code, region.name) for region in conf.regions().regions]
    return [("", gettext("No region")), *_with_record(present, "region")]


def language_choices() -> Choices:
    """Return the code and name of each language, and the codes that are only on record any more."""
    return _with_record([(code, str(name)) for code, name in settings.LANGUAGES], "language")


def _with_record(present: Choices, field: str) -> Choices:
    recorded: Iterable[str] = (
        NoticeVersion.objects.order_by(field).values_list(field, flat=True).distinct().exclude(**{field: ""})
    )
    known = dict(present)
    return present + [(code, code) for code in recorded if code not in known]


class NoticeRecordView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Answers what a notice said then, on a page that can be printed."""

    model = Notice
    any_permission_required = ["add", "change", "delete", "publish", "view"]
    template_name = "region_gate/notice_record.html"
    page_title = _("What notices said when")
    menu_label = _("Notices on a date")
    header_icon = "history"
    index_url_name = ""  # given by the viewset

    @cached_property
    def permission_policy(self) -> Any:
        """Return who may do what with notices; some versions of Wagtail set it from outside."""
        return Notice.snippet_viewset.permission_policy

    @classmethod
    def is_open_to(cls, user: Any) -> bool:
        """Say whether `user` may see the record: whoever may see the notices."""
        policy = Notice.snippet_viewset.permission_policy
        return bool(policy.user_has_any_permission(user, cls.any_permission_required))

    @cached_property
    def form(self) -> NoticeDateForm:
        """Return the question, empty at first."""
        asked = self.request.GET if "day" in self.request.GET else None
        return NoticeDateForm(asked, initial={"zone": timezone.get_current_timezone_name()})

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer on the page, or with `?export=csv` as a spreadsheet."""
        if request.GET.get("export") == "csv" and self.form.is_valid():
            return exported(self.form.answered())
        return super().get(request, *args, **kwargs)

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

"""The holds in the admin: all of them, one of them, and a new one."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton

from review.endings.views import EndingView, SecondPersonView
from review.reports.regional import RegionalReportMixin

from . import deciding
from .forms import HoldForm, HoldReasonForm
from .models import HoldEvent, HoldKind, LegalHold
from .permissions import may_decide, may_read, seen_by

TITLE = gettext_lazy("Legal holds")


class HoldFilterSet(WagtailFilterSet):
    """Narrows the holds to a kind, or a state."""

    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=HoldKind.choices)
    event = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=HoldEvent.choices)

    class Meta:
        model = LegalHold
        fields: ClassVar[list[str]] = ["kind", "event"]


class HoldsView(RegionalReportMixin, ReportView):
    """All holds that somebody reads of, the youngest first."""

    model = LegalHold
    page_title = TITLE
    header_icon = "lock"
    any_permission_required: ClassVar = ["view"]
    index_url_name, index_results_url_name = "legal_holds", "legal_holds_results"
    filterset_class = HoldFilterSet
    columns: ClassVar = [
        TitleColumn("name", label=gettext_lazy("Name"), get_url=lambda hold: hold.get_absolute_url()),
        Column("what", label=gettext_lazy("What it names")),
        Column(
            "starts",
            label=gettext_lazy("In force from"),
            accessor=lambda hold: date_format(hold.starts, "j F Y"),
        ),
        StatusTagColumn(
            "get_event_display", label=gettext_lazy("State"), primary=lambda hold: not hold.is_ended
        ),
        Column("set_by", label=gettext_lazy("Set by")),
        Column(
            "at",
            label=gettext_lazy("Last decided"),
            accessor=lambda hold: date_format(timezone.localtime(hold.at), "j F Y, H:i"),
        ),
    ]
    export_headings: ClassVar = {
        "subject": gettext_lazy("Number"),
        "name": gettext_lazy("Name"),
        "get_kind_display": gettext_lazy("Kind"),
        "title": gettext_lazy("What it names"),
        "region": gettext_lazy("Region"),
        "starts": gettext_lazy("In force from"),
        "get_event_display": gettext_lazy("State"),
        "reason": gettext_lazy("Reason"),
        "set_by": gettext_lazy("Set by"),
        "set_at": gettext_lazy("Set at"),
        "by": gettext_lazy("Last decided by"),
        "roles": gettext_lazy("Role then"),
        "at_here": gettext_lazy("Last decided"),
        "said": gettext_lazy("Reason of the decision"),
        "zone": gettext_lazy("Time zone"),
        "sha256": gettext_lazy("SHA-256"),
    }
    list_export: ClassVar = [*export_headings]
    export_filename = "legal-holds"

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:  # type: ignore[override] # Wagtail's is one, too
        """Lead to a new one."""
        return [HeaderButton(_("Set a legal hold"), url=reverse("set_legal_hold"), icon_name="plus")]

    def get_base_queryset(self) -> QuerySet[LegalHold]:
        """Return the holds, each with who set it."""
        first = LegalHold.objects.filter(subject=OuterRef("subject"), number=1)
        return seen_by(self.request.user).annotate(
            set_by=Subquery(first.values("by")), set_at=Subquery(first.values("at"))
        )


class SetHoldView(EndingView):
    """Sets a hold."""

    template_name = "legal_holds/set.html"
    page_title = gettext_lazy("Set a legal hold")
    header_icon = "lock"
    button = gettext_lazy("Set this hold now")

    def is_open(self, user: Any) -> bool:
        """Open it to legal."""
        return may_read(user)

    def get_form(self, *given: Any) -> forms.Form:
        """Ask for what is held; of a page, where the address names it."""
        page = self.request.GET.get("page", "")
        initial = {"page": page} if page.isascii() and page.isdecimal() else {}
        return HoldForm(*given, user=self.request.user, initial=initial)

    def act(self, form: HoldForm) -> str:
        """Set it."""
        asked = form.cleaned_data
        facts = (asked["named"], asked["name"], asked["reason"], asked["starts"])
        hold = deciding.set_hold(*facts, self.request.user)
        return _("“%(hold)s” is set: nothing that it names is deleted any more.") % {"hold": hold}

    def get_success_url(self) -> str:
        """Lead to all holds."""
        return reverse("legal_holds")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what a hold does."""
        told = [
            _(
                "What is under a legal hold is deleted by nobody: neither it, nor its drafts, files and log, "
                "nor what people sent. Editors go on with their work."
            ),
            _("To end a hold needs two people of the legal team."),
        ]
        return super().get_context_data(**{"told": told, **kwargs})


class HoldView(SecondPersonView):
    """Shows a hold with all that was decided of it; one person asks for its end, another one decides."""

    template_name = "legal_holds/hold.html"
    page_title = gettext_lazy("Legal hold")
    header_icon = "lock"
    yes, no = gettext_lazy("End this hold"), gettext_lazy("Have it stay")

    @cached_property
    def hold(self) -> LegalHold:
        """Return the hold as it is now. Raises Http404 where there is none that the person reads of."""
        found: LegalHold | None = seen_by(self.request.user).filter(subject=self.kwargs["number"]).first()
        if found is None:
            raise Http404
        return found

    def is_open(self, user: Any) -> bool:
        """Open it to those who decide about it."""
        return may_read(user) and may_decide(user, self.hold.region)

    def get_page_subtitle(self) -> str:
        """Name the hold."""
        return self.hold.name

    def post(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Ask for the end, or decide on it by the button that was pressed."""
        if "ask" in request.POST:
            return EndingView.post(self, request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    def get_form(self, *given: Any) -> forms.Form:
        """Ask why: of both, who asks for the end and who decides on it."""
        return HoldReasonForm(*given)

    def act(self, form: HoldReasonForm) -> str:
        """Keep what was decided."""
        number, reason, user = self.hold.subject, form.cleaned_data["reason"], self.request.user
        if "ask" in self.request.POST:
            deciding.ask_for_end(number, reason, user)
            return _("Another person of the legal team is asked to decide. The hold is in force until then.")
        decided = deciding.answer(number, self.is_agreed, reason, user)
        return _("This is on record: %(state)s.") % {"state": decided.get_event_display()}

    def get_success_url(self) -> str:
        """Lead back to the hold."""
        return self.hold.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the hold, its history and who may decide."""
        return super().get_context_data(
            hold=self.hold,
            history=LegalHold.objects.chain(self.hold.subject),
            may_ask=self.hold.event in (HoldEvent.SET, HoldEvent.STAYS),
            is_asked=self.hold.event == HoldEvent.END_ASKED,
            may_decide=deciding.may_answer(self.hold, self.request.user),
            **kwargs,
        )

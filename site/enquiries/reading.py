"""Where a region's people read enquiries: a list without names, and one by one. Who has read is logged."""

from typing import Any, ClassVar

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from home.access import EDITORS, LEGAL, regions_of
from home.breadcrumbs import BreadcrumbsMixin
from home.models import Region
from region_gate.exporting import SafeExportMixin

from .models import Enquiry, EnquirySubject, SenderRole
from .permissions import CHANGE, DELETE, may_read, seen_by

READ, EXPORTED, ANSWERED, REOPENED = (f"enquiries.{act}" for act in ("read", "export", "answer", "reopen"))


class EnquiryFilterSet(WagtailFilterSet):
    """Narrows enquiries to days, a region, a subject, who writes, a language, or those without an answer."""

    received_at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Received"), widget=DateRangePickerWidget
    )
    region = django_filters.ModelChoiceFilter(label=gettext_lazy("Region"), queryset=Region.objects.none())
    subject = django_filters.ChoiceFilter(label=gettext_lazy("About"), choices=EnquirySubject)
    role = django_filters.ChoiceFilter(label=gettext_lazy("Who writes"), choices=SenderRole)
    language = django_filters.AllValuesFilter(label=gettext_lazy("Language"))
    waits = django_filters.BooleanFilter(
        label=gettext_lazy("Waits for an answer"), field_name="answered_at", lookup_expr="isnull"
    )

    class Meta:
        model = Enquiry
        fields: ClassVar[list[str]] = ["received_at", "region", "subject", "role", "language", "waits"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the person's own regions."""
        super().__init__(*args, **kwargs)
        self.filters["region"].queryset = regions_of(self.request.user, EDITORS, LEGAL)
        self.filters["language"].queryset = seen_by(self.request.user)


class EnquiriesView(SafeExportMixin, ReportView):
    """The enquiries that a person may read, the latest first, without who wrote and what."""

    model = Enquiry
    permission_policy = ModelPermissionPolicy(Enquiry)
    any_permission_required: ClassVar = ["view"]
    page_title = gettext_lazy("Enquiries")
    header_icon = "mail"
    header_buttons: ClassVar[list[HeaderButton]] = []
    index_url_name, index_results_url_name = "enquiries", "enquiries_results"
    filterset_class = EnquiryFilterSet
    columns: ClassVar = [
        TitleColumn("number", label=gettext_lazy("Enquiry"), accessor=str, url_name="enquiry"),
        Column(
            "received_at",
            label=gettext_lazy("Received"),
            accessor=lambda one: date_format(timezone.localtime(one.received_at), "j M Y, H:i"),
        ),
        Column("region", label=gettext_lazy("Region")),
        Column("about", label=gettext_lazy("About"), accessor="get_subject_display"),
        Column("who", label=gettext_lazy("Who writes"), accessor="get_role_display"),
        Column("language", label=gettext_lazy("Language")),
        Column("state", label=gettext_lazy("State"), accessor="state"),
    ]
    export_headings: ClassVar = {
        "pk": gettext_lazy("Number"),
        "received_at": gettext_lazy("Received"),
        "region": gettext_lazy("Region"),
        "get_subject_display": gettext_lazy("About"),
        "get_role_display": gettext_lazy("Who writes"),
        "language": gettext_lazy("Language"),
        "message": gettext_lazy("Message"),
        "name": gettext_lazy("Name"),
        "email": gettext_lazy("E-mail"),
        "state": gettext_lazy("State"),
    }
    list_export: ClassVar = [*export_headings]
    export_filename = "enquiries"

    def get_base_queryset(self) -> QuerySet[Enquiry]:
        """Return what the person may read."""
        return seen_by(self.request.user).select_related("region", "answered_by")

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponseBase:
        """Log of each enquiry in a spreadsheet that it was handed out, before it is."""
        if self.is_export:
            with transaction.atomic():
                for enquiry in context["object_list"]:
                    log(enquiry, EXPORTED, user=self.request.user)
        response: HttpResponseBase = super().render_to_response(context, **kwargs)
        return response


class EnquiryView(BreadcrumbsMixin, TemplateView):
    """One enquiry: read, marked as answered or not, and deleted where its sender asks for that."""

    template_name = "enquiries/enquiry.html"
    page_title = gettext_lazy("Enquiry")
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Serve those only who read enquiries."""
        if not may_read(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def enquiry(self) -> Enquiry:
        """Return the enquiry. Raises Http404 where the person reads of none with this number."""
        found = seen_by(self.request.user).select_related("region", "answered_by")
        enquiry = found.filter(pk=self.kwargs["enquiry"]).first()
        if enquiry is None:
            raise Http404
        return enquiry

    @property
    def trail(self) -> list[dict[str, Any]]:
        """Return the way back to all enquiries."""
        return [{"url": reverse("enquiries"), "label": EnquiriesView.page_title}]

    def get_page_title(self) -> str:
        """Name the enquiry."""
        return str(self.enquiry)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it, and log who has read it."""
        log(self.enquiry, READ, user=request.user)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the button says that was pressed."""
        if "delete" in request.POST and request.user.has_perm(DELETE):
            return self._delete(request)
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        self._mark("answered" in request.POST)
        return redirect(self.enquiry.get_absolute_url())

    @transaction.atomic
    def _mark(self, is_answered: bool) -> None:
        person: Any = self.request.user
        self.enquiry.answered_at = timezone.now() if is_answered else None
        self.enquiry.answered_by = person if is_answered else None
        self.enquiry.save(update_fields=["answered_at", "answered_by"])
        log(self.enquiry, ANSWERED if is_answered else REOPENED, user=person)

    @transaction.atomic
    def _delete(self, request: HttpRequest) -> HttpResponse:
        """Delete it, unless it is under a legal hold; what is refused, the site's middleware says."""
        said = _("“%(enquiry)s” is deleted.") % {"enquiry": self.enquiry}
        log(self.enquiry, "wagtail.delete", user=request.user)
        self.enquiry.delete()
        messages.success(request, said)
        return redirect("enquiries")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the enquiry, and what the person may do with it."""
        user = self.request.user
        may = {"may_change": user.has_perm(CHANGE), "may_delete": user.has_perm(DELETE)}
        return super().get_context_data(**{**kwargs, **may, "enquiry": self.enquiry})

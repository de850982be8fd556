"""The page record in the admin: which pages there were, and what was met at one of them at a moment."""

from datetime import datetime
from pathlib import Path
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView

from region_gate.exporting import SafeExportMixin
from therapies.models import Publication

from .circumstances import Circumstances, form
from .document import document
from .moment_form import MomentForm
from .permissions import RecordPermissionPolicy, readable_by
from .rendering import Then

MENU_LABEL = _("Page record")
VERIFIER = Path(__file__).with_name("verify.html")


def _regions() -> list[tuple[str, str]]:
    found = Publication.objects.exclude(region="").order_by("region").values_list("region", flat=True)
    return [(code, code) for code in found.distinct()]


class PageFilterSet(WagtailFilterSet):
    """By any title or address that a page ever had, its region, and whether it is live."""

    q = django_filters.CharFilter(label=_("Title or address, now or then"), method="search")
    region = django_filters.ChoiceFilter(label=_("Region"), choices=_regions)
    is_live = django_filters.BooleanFilter(label=_("Live"))

    class Meta:
        model = Publication
        fields = ["q", "region", "is_live"]

    def search(self, found: QuerySet, name: str, value: str) -> QuerySet:
        """Return the pages that ever had `value` in their title or address."""
        named = Publication.objects.filter(title__icontains=value)
        at = Publication.objects.filter(url__icontains=value)
        return found.filter(subject__in=(named | at).values("subject"))


class RecordIndexView(SafeExportMixin, ReportView):
    """Lists every page there ever was, as its newest entry says, in a flat number of queries."""

    model = Publication
    page_title = MENU_LABEL
    header_icon = "history"
    index_url_name = "therapies_page_record"
    index_results_url_name = "therapies_page_record_results"
    permission_policy = RecordPermissionPolicy(Publication)
    any_permission_required = ["view"]
    filterset_class = PageFilterSet
    default_ordering = "url"
    columns = [
        TitleColumn(
            "title",
            label=_("Page"),
            get_url=lambda entry: reverse("therapies_page_record_page", args=[entry.subject]),
        ),
        Column("url", label=_("Address")),
        Column("region_name", label=_("Region")),
        Column("language", label=_("Language")),
        StatusTagColumn("state", label=_("State"), primary=lambda entry: entry.is_live),
        Column(
            "since",
            label=_("Since"),
            accessor=lambda entry: date_format(timezone.localtime(entry.since), "j F Y, H:i"),
        ),
    ]
    list_export = [
        *("title", "url", "region", "language", "state", "since_here", "zone"),
        *("approved_by", "code", "prepared_on", "review_by", "written_by", "published_by"),
        *("revision", "number", "sha256", "signature", "key"),
    ]
    export_headings = {
        "state": _("State"),
        "since_here": _("Since"),
        "zone": _("Time zone"),
        "code": _("Approval code"),
        "prepared_on": _("Date of preparation"),
        "review_by": _("Review by"),
    }
    export_filename = "page-record"

    def get_base_queryset(self) -> QuerySet[Publication]:
        """Return the newest entry about each page that the reader may see."""
        readable = readable_by(self.request.user)
        later = {"subject": OuterRef("subject"), "number__gt": OuterRef("number")}
        newest = readable.filter(~Exists(readable.filter(**later)))
        is_last = ~Exists(Publication.objects.filter(**later))
        return newest.listed().annotate(is_last=is_last)


class Asked:
    """What is asked of the record about one page, by whom, and what it answers."""

    def __init__(self, request: HttpRequest, page: int) -> None:
        """Read the question from `request`. Raises Http404 where the person may see nothing of the page."""
        self.page, self.params = page, request.GET
        self.readable = readable_by(request.user).chain(page)
        if not self.readable.exists():
            raise Http404

    @cached_property
    def form(self) -> MomentForm:
        """Return the question, empty at first."""
        asked = self.params if "day" in self.params else None
        return MomentForm(asked, initial={"zone": timezone.get_current_timezone_name()})

    @property
    def zone(self) -> str:
        """Return the time zone to answer in."""
        if self.form.is_valid():
            return str(self.form.cleaned_data["zone"])
        return timezone.get_current_timezone_name()

    @cached_property
    def now(self) -> datetime:
        """Return when it is asked."""
        return timezone.now()

    @cached_property
    def moment(self) -> datetime | None:
        """Return the moment asked about: the form's, the start of an entry, else now; None for nonsense."""
        if self.form.is_bound:
            return self.form.cleaned_data["moment"] if self.form.is_valid() else None
        if (number := self.params.get("entry", "")).isdecimal():
            return self.readable.filter(number=number).values_list("since", flat=True).first()
        return self.now

    @cached_property
    def then(self) -> Then | None:
        """Return what was met, None before anything was; see `is_elsewhere`."""
        every = Publication.objects.all()
        return Then.at(every, self.page, self.moment, self.now) if self.moment else None

    @cached_property
    def is_elsewhere(self) -> bool:
        """Say whether the page stood then where the person may not look."""
        return self.then is not None and not self.readable.filter(pk=self.then.entry.pk).exists()

    @cached_property
    def broken(self) -> list[int]:
        """Return the numbers of those entries about the page that are not as they were made."""
        return Publication.objects.broken(self.page)

    @property
    def context(self) -> dict[str, Any]:
        """Return the answer, for templates."""
        return {
            "asked": self,
            "zone": self.zone,
            "moment": self.moment,
            "then": None if self.is_elsewhere else self.then,
            "is_elsewhere": self.is_elsewhere,
            "broken": self.broken,
        }

    def circumstances(self, user: Any) -> Circumstances:
        """Return how a document that answers is drawn up for `user`."""
        language = get_language()
        return Circumstances(
            page=self.page,
            moment=self.moment or self.now,
            zone=self.zone,
            language=language,
            drawn_at=self.now,
            drawn_by=user.get_username(),
            form=form(language),
        )


def stretches(entries: list[Publication]) -> list[tuple[Publication, datetime | None]]:
    """Return each of `entries` (the oldest first) with when it ended, the newest first."""
    ends: list[datetime | None] = [*(entry.since for entry in entries[1:]), None]
    return [*zip(entries, ends, strict=True)][::-1]


class RecordView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Answers what was met at a page at a moment, beside all that is on record about it."""

    permission_policy = RecordPermissionPolicy(Publication)
    any_permission_required = ["view"]
    template_name = "therapies/page_record/record.html"
    page_title = MENU_LABEL
    header_icon = "history"

    def get_page_subtitle(self) -> str:
        """Name the page as it was called last."""
        return str(self.asked.readable.values_list("title", flat=True).last())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list of pages."""
        pages = {"url": reverse("therapies_page_record"), "label": MENU_LABEL}
        return [*super().get_breadcrumbs_items(), pages, {"url": "", "label": self.get_page_subtitle()}]

    @cached_property
    def asked(self) -> Asked:
        """Return the question and its answer."""
        return Asked(self.request, self.kwargs["page"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the question, the answer and the list of entries."""
        entries = stretches([*self.asked.readable.listed()])
        document = reverse("therapies_page_record_document", args=[self.asked.page])
        return {
            **super().get_context_data(**kwargs),
            **self.asked.context,
            "form": self.asked.form,
            "stretches": entries,
            "document_url": f"{document}?{self.request.GET.urlencode()}",
        }


class DocumentView(PermissionCheckedMixin, TemplateView):
    """Gives the answer as one self-contained document; `?part=page` gives the page alone, to be framed."""

    permission_policy = RecordPermissionPolicy(Publication)
    any_permission_required = ["view"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the document. Raises Http404 where there is none."""
        asked = Asked(request, kwargs["page"])
        if asked.then is None or asked.is_elsewhere:
            raise Http404
        if request.GET.get("part") == "page":
            return HttpResponse(asked.then.html)
        answer = HttpResponse(document(asked.then, asked.circumstances(request.user)))
        answer["Content-Disposition"] = f'inline; filename="{_file_name(asked.then)}"'
        return answer


def verifier(request: HttpRequest) -> HttpResponse:
    """Give the page by which anybody verifies a document without this site, to be saved."""
    answer = HttpResponse(VERIFIER.read_bytes())
    answer["Content-Disposition"] = f'attachment; filename="{VERIFIER.name}"'
    return answer


def _file_name(then: Then) -> str:
    return f"{slugify(then.entry.title) or 'page'}-{then.moment:%Y-%m-%d-%H%M%S}-utc.html"


record_document = xframe_options_sameorigin(DocumentView.as_view())

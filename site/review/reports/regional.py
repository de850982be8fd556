"""Wagtail's reports of reviews and of ageing pages, for legal: each of the person's own regions."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports.aging_pages import AgingPagesView
from wagtail.admin.views.reports.workflows import (
    WorkflowReportFilterSet,
    WorkflowTasksView,
    WorkflowView,
)
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page, TaskState, WorkflowState

from home.access import regions_of_legal
from region_gate.exporting import SafeExportMixin
from region_gate.models import Notice, Policy
from therapies.models import Label, Product

from .permissions import LegalReadingPolicy, pages_in


def reviews_seen_by(user: Any) -> QuerySet[WorkflowState]:
    """Return the reviews of what belongs to the regions of `user`, or to all regions."""
    regions = regions_of_legal(user)
    codes = ["", *regions.values_list("code", flat=True)]
    seen: Sequence[QuerySet[Any]] = (
        Page.objects.filter(pages_in(regions)),
        Label.objects.filter(region__in=regions),
        Product.objects.all(),
        Notice.objects.filter(region__in=codes),
        Policy.objects.filter(source__in=codes),
    )
    theirs = Q(pk__in=())
    for things in seen:
        kind = ContentType.objects.get_for_model(things.model)
        # Keys are kept as text, which PostgreSQL compares with text alone.
        keys = things.order_by().annotate(key=Cast("pk", CharField())).values("key")
        theirs |= Q(base_content_type=kind, object_id__in=keys)
    return WorkflowState.objects.filter(theirs)


def _people_who_sent(request: HttpRequest) -> QuerySet[Any]:
    sent = reviews_seen_by(request.user).values("requested_by")
    return get_user_model().objects.filter(pk__in=sent).order_by(get_user_model().USERNAME_FIELD)


class RegionalWorkflowFilterSet(WorkflowReportFilterSet):
    """Wagtail's, which names those people only who sent what is listed."""

    requested_by = django_filters.ModelChoiceFilter(field_name="requested_by", queryset=_people_who_sent)

    class Meta(WorkflowReportFilterSet.Meta):
        """As Wagtail's."""


class RegionalReportMixin(SafeExportMixin):
    """Opens a report to legal, and to nobody else but administrators."""

    permission_policy = LegalReadingPolicy()
    header_buttons: ClassVar[list[HeaderButton]] = []


class RegionalWorkflowView(RegionalReportMixin, WorkflowView):
    """The reviews of the person's regions."""

    page_title = _("Reviews of your regions")
    index_url_name = "review_report_workflows"
    index_results_url_name = "review_report_workflows_results"
    filterset_class = RegionalWorkflowFilterSet

    def get_queryset(self) -> QuerySet[WorkflowState]:
        """Return the reviews, the latest first."""
        states = reviews_seen_by(self.request.user).select_related("workflow", "requested_by")
        related = ("content_object", "content_object__latest_revision")
        return states.prefetch_related(*related).order_by("-created_at")


class RegionalWorkflowTasksView(RegionalReportMixin, WorkflowTasksView):
    """The steps of these reviews, with who decided them."""

    page_title = _("Decisions in your regions")
    index_url_name = "review_report_tasks"
    index_results_url_name = "review_report_tasks_results"

    def get_queryset(self) -> QuerySet[TaskState]:
        """Return the steps, the latest first."""
        states = TaskState.objects.filter(workflow_state__in=reviews_seen_by(self.request.user))
        thing = "workflow_state__content_object"
        found = states.select_related("workflow_state", "task", "finished_by")
        return found.prefetch_related(thing, f"{thing}__latest_revision").order_by("-started_at")


class RegionalAgingPagesView(RegionalReportMixin, AgingPagesView):
    """The published pages of the person's regions, by when they were last published."""

    page_title = _("Ageing pages of your regions")
    index_url_name = "review_report_ageing"
    index_results_url_name = "review_report_ageing_results"

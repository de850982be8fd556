"""Labels in the Wagtail admin."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, LocaleColumn, StatusTagColumn
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from home.access import regions_of_legal
from home.exceptions import RefusedError
from home.submission import is_sending
from region_gate.authoring.dated_forms import DatedModelForm
from therapies.models import Label
from therapies.models.in_force import Status

from .permissions import in_own_region, read_in_others
from .withdrawal import PagesPanel, naming_pages_left


class DayColumn(Column):
    """A column of days, written out: Wagtail's says "just now" of every day to come."""

    def get_value(self, instance: Label) -> str:
        """Return the day, blank for none."""
        day = super().get_value(instance)
        return date_format(day) if day else ""


class LabelForm(DatedModelForm):
    """A label of one of the person's own regions."""

    limited = ("effective_from", "review_by", "withdrawn_on")  # which the model checks

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the regions whose legal team the person belongs to."""
        super().__init__(*args, **kwargs)
        if self.for_user and "region" in self.fields:
            self.fields["region"].queryset = regions_of_legal(self.for_user)  # type: ignore[attr-defined] # it is a choice field

    def is_valid(self) -> bool:
        """Say whether the label may be saved, and sent on where that is what was asked for."""
        is_valid = super().is_valid()
        if is_valid and is_sending(self.data):
            try:
                self.instance.check_rivals()
            except RefusedError as refusal:
                self.add_error("effective_from", refusal)
        return is_valid and not self.errors


class LabelViewSet(SnippetViewSet):
    """List, draft, review and publish labels."""

    model = Label
    icon = "doc-full"
    menu_label = _("Labels")
    list_display = (
        "product",
        "region",
        LocaleColumn(),
        StatusTagColumn(
            "get_status_display",
            label=_("Status"),
            sort_key="status",
            primary=lambda label: label.status == Status.APPROVED,
        ),
        DayColumn("effective_from", label=_("Effective from"), sort_key="effective_from"),
        DayColumn("review_by", label=_("Review by"), sort_key="review_by"),
        DayColumn("withdrawn_on", label=_("Withdrawn on"), sort_key="withdrawn_on"),
        LiveStatusTagColumn(label=_("On the site")),
    )
    list_filter = ("region", "status", "product", "audience")
    list_per_page = 50
    inspect_view_fields: ClassVar = [
        *("product", "region", "locale", "status", "authority", "registration_number"),
        *("indication", "safety_information", "instructions_document", "instructions_url"),
        *("audience", "effective_from", "review_by", "withdrawn_on"),
    ]
    inspect_view_enabled = True  # where those read a label who may not change it
    search_fields = ("product__name", "registration_number", "authority")
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("product"), FieldPanel("region")], heading=_("For")),
            MultiFieldPanel(
                [FieldPanel("status"), FieldPanel("authority"), FieldPanel("registration_number")],
                heading=_("Registration"),
            ),
            FieldPanel("indication"),
            FieldPanel("safety_information"),
            MultiFieldPanel(
                [FieldPanel("instructions_document"), FieldPanel("instructions_url")],
                heading=_("Instructions for use"),
            ),
            FieldPanel("audience"),
            FieldRowPanel(
                [FieldPanel("effective_from"), FieldPanel("review_by"), FieldPanel("withdrawn_on")],
                heading=_("Dates"),
            ),
            PagesPanel(heading=_("Live pages that name the product")),
        ],
        base_form_class=LabelForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Label]:
        """Return all labels, with what the list shows of each."""
        return Label.objects.select_related("product", "region", "locale")

    def construct_view(self, view_class: Any, **kwargs: Any) -> Callable[..., HttpResponseBase]:
        """Keep every view from changing other regions' labels."""
        view = in_own_region(naming_pages_left(super().construct_view(view_class, **kwargs)))
        return read_in_others(view) if issubclass(view_class, EditView) else view

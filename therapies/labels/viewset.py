"""Labels in the Wagtail admin."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, StatusTagColumn
from wagtail.admin.widgets.button import Button
from wagtail.fields import RichTextField
from wagtail.rich_text import RichText
from wagtail.snippets.views.snippets import EditView, InspectView, SnippetViewSet

from therapies.content_walk import name_of_field
from therapies.models import Label, LabelText
from therapies.models.in_force import Status
from therapies.regional_permissions import in_own_region, read_in_others

from .forms import LabelForm
from .views import is_replaceable, may_replace
from .withdrawal import PagesPanel, naming_pages_left

READ = ("indication", "safety_information", "authority", "instructions_document", "instructions_url")


class LanguagesColumn(Column):
    """A column of the languages that a label has a text in."""

    def get_value(self, instance: Label) -> str:
        """Return their names."""
        texts = sorted(instance.texts.all(), key=lambda text: text.locale_id)
        return ", ".join(str(text.locale) for text in texts if text.is_needed)


class DayColumn(Column):
    """A column of days, written out: Wagtail's says "just now" of every day to come."""

    def get_value(self, instance: Label) -> str:
        """Return the day, blank for none."""
        day = super().get_value(instance)
        return date_format(day) if day else ""


class LabelEditView(EditView):
    """Edits a label, or leads to the form that replaces it."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Add the way to the form where the label can be replaced."""
        buttons: list[Button] = super().header_more_buttons
        if may_replace(self.object, self.request.user) and is_replaceable(self.object):
            address = reverse("replace_label", args=[self.object.pk])
            buttons.append(Button(_("Replace from a date"), url=address, icon_name="doc-full", priority=15))
        return buttons


class LabelInspectView(InspectView):
    """Shows a label as those read it who may not change it, with its texts."""

    def get_fields_context(self) -> list[dict[str, Any]]:
        """Add each text, field by field."""
        rows: list[dict[str, Any]] = super().get_fields_context()
        texts = self.object.texts.select_related("locale", "instructions_document")
        return [*rows, *(row for text in texts for row in _rows_of(text))]


def _rows_of(text: LabelText) -> Iterator[dict[str, Any]]:
    for name in (*READ, "decision"):
        field = text._meta.get_field(name)
        value = getattr(text, f"get_{name}_display", lambda name=name: getattr(text, name))()
        shown = RichText(value) if isinstance(field, RichTextField) else value
        if value:
            yield {
                "label": f"{name_of_field(field)} ({text.locale})",
                "value": shown,
                "component": None,
            }


class LabelViewSet(SnippetViewSet):
    """List, draft, review and publish labels."""

    model = Label
    icon = "doc-full"
    menu_label = _("Labels")
    list_display = (
        "product",
        "region",
        LanguagesColumn("languages", label=_("Languages")),
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
        *("product", "region", "status", "registration_number"),
        *("audience", "effective_from", "review_by", "withdrawn_on", "replaces"),
    ]
    inspect_view_class = LabelInspectView
    edit_view_class = LabelEditView
    inspect_view_enabled = True  # where those read a label who may not change it
    search_fields = ("product__name", "registration_number", "texts__authority")
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldRowPanel(
                [FieldPanel("product"), FieldPanel("region")],
                heading=_("For"),
                help_text=_(
                    "Pages of the region that name the product show the label, as product information."
                ),
            ),
            MultiFieldPanel(
                [FieldPanel("status"), FieldPanel("registration_number")],
                heading=_("Registration"),
                help_text=_("The product information shows the number; visitors do not read the status."),
            ),
            FieldPanel("audience", help_text=_("Stands first in the product information.")),
            FieldRowPanel(
                [FieldPanel("effective_from"), FieldPanel("review_by"), FieldPanel("withdrawn_on")],
                heading=_("Dates"),
                help_text=_("They decide when pages show the label; visitors do not read them."),
            ),
            InlinePanel(
                "texts",
                [FieldPanel("locale"), FieldPanel("decision"), *(FieldPanel(name) for name in READ)],
                heading=_("Texts"),
                help_text=_("Each in one language of the region: the words of the product information."),
                label=_("Text"),
                min_num=1,
            ),
            PagesPanel(heading=_("Live pages that name the product")),
        ],
        base_form_class=LabelForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Label]:
        """Return all labels, with what the list shows of each."""
        labels = Label.objects.with_states().select_related("product", "region")
        return labels.prefetch_related("texts__locale")

    def construct_view(self, view_class: Any, **kwargs: Any) -> Callable[..., HttpResponseBase]:
        """Keep every view from changing other regions' labels."""
        view = in_own_region(naming_pages_left(super().construct_view(view_class, **kwargs)), Label)
        return read_in_others(view, Label) if issubclass(view_class, EditView) else view

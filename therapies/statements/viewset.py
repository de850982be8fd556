"""Required statements in the Wagtail admin."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.rich_text import RichText
from wagtail.snippets.views.snippets import EditView, InspectView, SnippetViewSet

from therapies.labels.viewset import DayColumn
from therapies.models import Statement
from therapies.regional_permissions import in_own_region, read_in_others

from .forms import StatementForm


class StatementInspectView(InspectView):
    """Shows a statement as those read it who may not change it, with its texts."""

    def get_fields_context(self) -> list[dict[str, Any]]:
        """Add each text by its language."""
        rows: list[dict[str, Any]] = super().get_fields_context()
        texts = self.object.texts.select_related("locale")
        return [
            *rows,
            *({"label": str(text), "value": RichText(text.words), "component": None} for text in texts),
        ]


class StatementViewSet(SnippetViewSet):
    """List, draft, review and publish required statements."""

    model = Statement
    icon = "info-circle"
    menu_label = _("Required statements")
    list_display = (
        "__str__",
        "region",
        "country",
        Column("get_place_display", label=_("Where it stands"), sort_key="place"),
        "product",
        DayColumn("starts", label=_("Effective from"), sort_key="starts"),
        DayColumn("withdrawn_on", label=_("Withdrawn on"), sort_key="withdrawn_on"),
        LiveStatusTagColumn(label=_("On the site")),
    )
    list_filter = ("region", "place", "product")
    list_per_page = 50
    inspect_view_fields: ClassVar = ["region", "country", "place", "product", "starts", "withdrawn_on"]
    inspect_view_class = StatementInspectView
    inspect_view_enabled = True  # where those read a statement who may not change it
    search_fields = ("region__name", "product__name")
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("region"), FieldPanel("country")], heading=_("For")),
            FieldRowPanel(
                [FieldPanel("place"), FieldPanel("product"), FieldPanel("order")],
                heading=_("Where it stands"),
            ),
            FieldRowPanel(
                [FieldPanel("starts"), FieldPanel("withdrawn_on")],
                heading=_("Dates"),
                help_text=_("They decide when pages show the statement; visitors do not read them."),
            ),
            InlinePanel(
                "texts",
                [FieldPanel("locale"), FieldPanel("words")],
                heading=_("Texts"),
                help_text=_("Each in one language of the region: the words as pages show them."),
                label=_("Text"),
                min_num=1,
            ),
        ],
        base_form_class=StatementForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        """Return all statements, with what the list shows of each."""
        return Statement.objects.select_related("region", "product")

    def construct_view(self, view_class: Any, **kwargs: Any) -> Callable[..., HttpResponseBase]:
        """Keep every view from changing other regions' statements."""
        view = in_own_region(super().construct_view(view_class, **kwargs), Statement)
        return read_in_others(view, Statement) if issubclass(view_class, EditView) else view

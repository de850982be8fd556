"""References in the admin: the list, what is chosen from the editor, the way to the import."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, UsageCountColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import ReferenceIndex
from wagtail.snippets.views import chooser
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from home.optimistic_locking import OptimisticLockingForm
from region_gate.exporting import SafeExportMixin
from therapies.models import Reference
from therapies.models.reference import FIELDS
from therapies.usage.where_used import SnippetUsesView

from .importing import ReferenceImportView


class UsesColumn(UsageCountColumn):
    """How many pages use a reference, with the way to them."""

    def get_cell_context_data(self, instance: Reference, parent_context: Any) -> dict[str, Any]:
        """Add the address of the list of uses."""
        instance.usage_url = reverse(Reference.snippet_viewset.get_url_name("usage"), args=[instance.pk])
        return super().get_cell_context_data(instance, parent_context)


class ReferenceIndexView(SafeExportMixin, IndexView):
    """The list of references, with the way to the import."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer the import to whoever may add references."""
        buttons = [*super().header_buttons]
        if self.user_has_permission("add"):
            address = reverse(Reference.snippet_viewset.get_url_name("import"))
            buttons.append(HeaderButton(_("Import a file"), url=address, icon_name="upload"))
        return buttons


class WithShortName:
    """Tells the editor what to write where a reference is cited."""

    def get_chosen_response_data(self, item: Reference) -> dict[str, Any]:
        """Add the short name."""
        return {**super().get_chosen_response_data(item), "short_name": item.short_name}  # type: ignore[misc] # Wagtail's view has it


class ReferenceChosenView(WithShortName, chooser.SnippetChosenView):
    """Answers with a reference that was chosen."""


class ReferenceCreateView(WithShortName, chooser.SnippetCreateView):
    """Answers with a reference that was added while choosing."""


class ReferenceChooserViewSet(chooser.SnippetChooserViewSet):
    """Where a citation's reference is chosen, or added by those who may."""

    chosen_view_class = ReferenceChosenView
    create_view_class = ReferenceCreateView
    creation_form_class = "therapies.references.forms.ReferenceForm"
    create_action_label = _("Add")
    creation_tab_label = _("New reference")


# What each field is for, and where it is met.
SHOWN_AT = {
    "text": _(
        "As it is printed, such as “Smith A et al. J Clin Oncol 2016; 34: 1–9.” Stands at the foot of every"
        " page that cites it."
    ),
    "kind": _("Lists of references on pages are divided by it."),
    "year": _("Editors see it where the source is cited; visitors read the citation only."),
    "doi": _("Such as 10.1000/182. A whole address is shortened to it. The citation leads there."),
    "url": _("Where there is no DOI. The citation leads there."),
}


class ReferenceViewSet(SnippetViewSet):
    """References: the sources that statements rest on."""

    model = Reference
    icon = "openquote"
    menu_label = _("References")
    index_view_class = ReferenceIndexView
    usage_view_class = SnippetUsesView
    edit_handler = ObjectList(
        [FieldPanel(name, help_text=SHOWN_AT.get(name, "")) for name in FIELDS],
        base_form_class=OptimisticLockingForm,
    )
    chooser_viewset_class = ReferenceChooserViewSet
    list_display: ClassVar = [
        "text",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("year", label=_("Year"), sort_key="year"),
        Column("doi", label=_("DOI"), sort_key="doi"),
        UsesColumn("uses", label=_("Where used"), sort_key="uses"),
    ]
    list_filter: ClassVar = ["kind", "year"]
    list_per_page = 50
    list_export: ClassVar = [*FIELDS, "uses"]
    export_headings: ClassVar = {name: name for name in [*FIELDS, "uses"]}
    export_filename = "references"
    search_fields: ClassVar = ["text", "doi"]
    search_backend_name = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reference]:
        """Return all references, each with the number of its uses."""
        return Reference.objects.annotate(uses=ReferenceIndex.usage_count_subquery(Reference))

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the import."""
        return [*super().get_urlpatterns(), path("import/", self.import_view, name="import")]

    @property
    def import_view(self) -> Callable[..., Any]:
        """Return the view that reads a file of references."""
        return self.construct_view(ReferenceImportView)

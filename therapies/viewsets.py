"""Products, topics and references in the admin."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.optimistic_locking import OptimisticLockingForm
from region_gate.authoring.dated_forms import DatedModelForm

from .labels.viewset import LabelViewSet
from .models import Product, Topic
from .proposing import state_of
from .references.viewset import ReferenceViewSet
from .statements.viewset import StatementViewSet
from .topic_chooser import TopicChooserViewSet
from .usage.where_used import SnippetUsesView


class ProductViewSet(SnippetViewSet):
    """Products: what the guard knows by name."""

    model = Product
    icon = "tablet-alt"
    menu_label = _("Products")
    usage_view_class = SnippetUsesView
    list_display = ("name", "kind", "maker", UpdatedAtColumn(), LiveStatusTagColumn())
    list_filter = ("kind",)
    search_fields = ("name", "further_names", "generic_names", "maker")
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldPanel(
                "name",
                help_text=_(
                    "Its full trade name, without ® and ™, which make no difference. Stands above its label"
                    " on every page that names it."
                ),
            ),
            FieldPanel("further_names"),
            FieldPanel("generic_names"),
            FieldPanel("generic_may_stand"),
            FieldPanel("maker", help_text=_("Shown in the admin only.")),
            FieldPanel("kind", help_text=_("Shown in the admin only.")),
        ],
        base_form_class=DatedModelForm,
    )


class TopicViewSet(SnippetViewSet):
    """Topics: what ties the regions' therapy pages together."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = ["name", "slug", Column("state", label=_("State"), accessor=state_of)]
    edit_handler = ObjectList([FieldPanel("name"), FieldPanel("slug")], base_form_class=OptimisticLockingForm)
    chooser_viewset_class = TopicChooserViewSet

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        """Return the topics that the person may choose."""
        return Topic.objects.offered_to(request.user)


class TherapiesViewSetGroup(SnippetViewSetGroup):
    """What treatment content is built from, under one menu item."""

    items = [LabelViewSet, StatementViewSet, ProductViewSet, TopicViewSet, ReferenceViewSet]
    menu_label = _("Therapies")
    menu_icon = "doc-full-inverse"
    menu_order = 260

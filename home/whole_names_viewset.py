"""Names that stay on one line, in the admin."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import WholeName
from .optimistic_locking import OptimisticLockingForm


class WholeNameViewSet(SnippetViewSet):
    """Names that no line breaks within, kept by the editors of all regions."""

    model = WholeName
    icon = "bold"
    menu_label = _("Names on one line")
    menu_order = 275
    add_to_admin_menu = True
    list_display: ClassVar = ["name"]
    list_per_page = 50
    search_fields: ClassVar = ["name"]
    search_backend_name = None
    edit_handler = ObjectList([FieldPanel("name")], base_form_class=OptimisticLockingForm)

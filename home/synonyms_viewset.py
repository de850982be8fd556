"""Synonyms for the search in the admin."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import SynonymGroup
from .optimistic_locking import OptimisticLockingForm


class SynonymViewSet(SnippetViewSet):
    """Words that mean the same, kept by the editors of all regions, for the next search on."""

    model = SynonymGroup
    icon = "search"
    menu_label = _("Synonyms")
    menu_order = 270
    add_to_admin_menu = True
    list_display: ClassVar = ["__str__", "locale"]
    list_filter: ClassVar = ["locale"]
    list_per_page = 50
    search_fields: ClassVar = ["words"]
    search_backend_name = None
    edit_handler = ObjectList(
        [FieldPanel("locale"), FieldPanel("words")], base_form_class=OptimisticLockingForm
    )

"""Topics and references in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Topic
from .reference_viewset import ReferenceViewSet


class TopicViewSet(SnippetViewSet):
    """Topics: what ties the regions' therapy pages together."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = ["name", "slug"]


class TherapiesViewSetGroup(SnippetViewSetGroup):
    """What treatment content is built from, under one menu item."""

    items = [TopicViewSet, ReferenceViewSet]
    menu_label = _("Therapies")
    menu_icon = "doc-full-inverse"
    menu_order = 260

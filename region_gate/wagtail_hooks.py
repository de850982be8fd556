"""The notices' place in the Wagtail admin."""

from django import forms
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import LiveStatusTagColumn, LocaleColumn, UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from region_gate import conf
from region_gate.models import Notice


def region_choices() -> list[tuple[str, str]]:
    """Return every region's code and name, after the blank that stands for all of them."""
    every = ("", gettext("Every region"))
    return [every, *((region.code, region.name) for region in conf.regions().regions)]


class NoticeViewSet(SnippetViewSet):
    """List, draft, review and publish notices."""

    model = Notice
    icon = "warning"
    menu_label = _("Notices")
    add_to_admin_menu = True
    list_display = (
        "__str__",
        "get_kind_display",
        LocaleColumn(),
        "region",
        UpdatedAtColumn(),
        LiveStatusTagColumn(),
    )
    list_filter = ("kind", "region")
    panels = (
        FieldPanel("kind"),
        FieldPanel("region", widget=forms.Select(choices=CallableChoiceIterator(region_choices))),
        FieldPanel("heading"),
        FieldPanel("body"),
        FieldPanel("continue_label"),
    )


register_snippet(NoticeViewSet)

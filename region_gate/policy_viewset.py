"""Policies in the Wagtail admin."""

from django import forms
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from region_gate.models import Policy
from region_gate.viewsets import region_choices


def _choose_region() -> forms.Select:
    return forms.Select(choices=CallableChoiceIterator(region_choices))


class PolicyViewSet(SnippetViewSet):
    """List, draft and review policies."""

    model = Policy
    icon = "clipboard-list"
    menu_label = _("Policies")
    add_to_admin_menu = True
    list_display = (
        "__str__",
        "source",
        "region",
        "starts",
        "ends",
        LiveStatusTagColumn(),
    )
    list_filter = ("decision", "source")
    search_fields = ("host", "path", "reason")
    panels = (
        MultiFieldPanel(
            [FieldPanel("host"), FieldPanel("subdomains"), FieldPanel("path")], heading=_("Place")
        ),
        MultiFieldPanel(
            [
                FieldPanel("decision"),
                FieldPanel("region", widget=_choose_region()),
                FieldPanel("source", widget=_choose_region()),
                FieldPanel("reason"),
            ],
            heading=_("Decision"),
        ),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")], heading=_("In force")),
    )

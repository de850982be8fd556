"""Policies in the Wagtail admin."""

from django import forms
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from region_gate.authoring.dated_forms import DatedModelForm
from region_gate.models import Policy
from region_gate.notice_viewset import region_choices


def _regions_or_none() -> list[tuple[str, str]]:
    """Return every region's code and name, after a blank that stands for none of them."""
    return [("", "—"), *region_choices()[1:]]


class PolicyForm(DatedModelForm):
    """A policy, whose days the model checks."""

    limited = ("starts", "ends")


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
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("host"), FieldPanel("subdomains"), FieldPanel("path")], heading=_("Place")
            ),
            MultiFieldPanel(
                [
                    FieldPanel("decision"),
                    FieldPanel(
                        "region", widget=forms.Select(choices=CallableChoiceIterator(_regions_or_none))
                    ),
                    FieldPanel("source", widget=forms.Select(choices=CallableChoiceIterator(region_choices))),
                    FieldPanel("reason"),
                ],
                heading=_("Decision"),
            ),
            FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")], heading=_("In force")),
        ],
        base_form_class=PolicyForm,
    )

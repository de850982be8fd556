"""Notices in the Wagtail admin."""

from typing import Any

from django import forms
from django.template.context import Context
from django.urls import URLPattern, path, reverse
from django.utils.choices import CallableChoiceIterator
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, LocaleColumn, UpdatedAtColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from region_gate import conf
from region_gate.authoring.dated_forms import DatedModelForm
from region_gate.models import Notice
from region_gate.notice_history_view import NoticeRecordView


def region_choices() -> list[tuple[str, str]]:
    """Return every region's code and name, after the blank that stands for all of them."""
    every = ("", gettext("Every region"))
    return [every, *((region.code, region.name) for region in conf.regions().regions)]


class WordingColumn(Column):
    """Marks English words that are not the shipped ones, and shows where they differ."""

    cell_template_name = "region_gate/includes/wording_cell.html"

    def get_cell_context_data(self, instance: Notice, parent_context: Context) -> dict[str, Any]:
        """Give the differences, None for a translation."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "differences": instance.differences}


class BoundWordingPanel(Panel.BoundPanel):
    """The panel for one notice."""

    template_name = "region_gate/includes/wording_panel.html"

    def is_shown(self) -> bool:
        """Say whether there is a difference to show."""
        return bool(self.instance.pk and self.instance.differences)

    def get_context_data(self, parent_context: Context | None = None) -> dict[str, Any]:
        """Give the differences."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        return {**context, "differences": self.instance.differences}


class WordingPanel(Panel):
    """Shows in the form where English words differ from the shipped ones, where they do."""

    BoundPanel = BoundWordingPanel


class NoticeIndexView(IndexView):
    """The list of notices, with the way to the record."""

    record_url_name = ""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer the record beside “Add”."""
        label = NoticeRecordView.menu_label
        record = HeaderButton(label, url=reverse(self.record_url_name), icon_name="history", priority=50)
        return [*super().header_buttons, record]


class NoticeViewSet(SnippetViewSet):
    """List, draft, review and publish notices, and see what they said when."""

    model = Notice
    icon = "warning"
    menu_label = _("Notices")
    add_to_admin_menu = True
    index_view_class = NoticeIndexView
    list_display = (
        "__str__",
        LocaleColumn(),
        "region",
        WordingColumn("wording", label=_("English wording")),
        UpdatedAtColumn(),
        LiveStatusTagColumn(),
    )
    list_filter = ("kind", "region")
    edit_handler = ObjectList(
        [
            WordingPanel(heading=_("Differs from the shipped English")),
            FieldPanel("kind"),
            FieldPanel("region", widget=forms.Select(choices=CallableChoiceIterator(region_choices))),
            FieldPanel("heading"),
            FieldPanel("body"),
            FieldPanel("continue_label"),
        ],
        base_form_class=DatedModelForm,
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Tell the views where the record is."""
        given: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return {"record_url_name": self.get_url_name("record"), **given}

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the record."""
        record = path("record/", self.construct_view(NoticeRecordView), name="record")
        return [record, *super().get_urlpatterns()]

"""The side panel of the page editor: what its links will cause, and what other apps say of the draft."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.forms import Media
from django.forms.widgets import Script
from django.http import HttpRequest
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from region_gate.authoring.draft_links import Draft, DraftLink
from region_gate.authoring.draft_sections import Section, inputs_of, sections_of
from region_gate.links.destinations import DestinationKind
from region_gate.models import Notice
from region_gate.notices.texts import SHIPPED
from region_gate.notices.texts import NoticeText as Words


@dataclass(frozen=True, slots=True)
class Crossings:
    """The links of a draft that meet one notice: its words, and the links."""

    notice: Words
    links: list[DraftLink]


class LinksSection(Section):
    """The draft's links that are blocked, misleading or lead to a notice, in this order."""

    template_name = "region_gate/authoring/links.html"

    @property
    def count(self) -> int:
        """Return how many are blocked or misleading."""
        return sum(link.needs_mending for link in self.draft.links)

    def crossings(self, kind: DestinationKind) -> Crossings | None:
        """Return the links that meet the notice of `kind`, None if there are none."""
        gated = (link for link in self.draft.links if link.notice_address)
        links = [link for link in gated if link.found.destination.kind is kind]
        return Crossings(self._words(kind), links) if links else None

    def _words(self, kind: DestinationKind) -> Words:
        region, language = self.draft.gate.viewpoint.region, self.draft.page.locale.language_code
        return Notice.objects.shown(kind, region, language)

    def get_context_data(self, parent_context: Context | None = None) -> dict[str, Any]:
        """Give the links by what they mean to a visitor."""
        links = self.draft.links
        return {
            "is_shown": bool(self.draft.html),
            "blocked": [link for link in links if link.is_blocked],
            "misleading": [link for link in links if not (link.is_blocked or link.notice_address)],
            "crossings": list(filter(None, map(self.crossings, SHIPPED))),
        }


class FindingsPanel(BaseSidePanel):
    """What was found in the draft that a visitor, or legal, will care about."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """The panel's button, with the number of things to mend."""

        aria_label = _("Toggle findings")
        icon_name = "clipboard-list"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Context) -> dict[str, Any]:
            """Give the number."""
            return {**super().get_context_data(parent_context), "count": self.panel.count}

    def __init__(self, page: Any, request: HttpRequest, *, comes_later: bool = False) -> None:
        """Take the page; `comes_later` has its draft looked at by a request of its own."""
        super().__init__(page, request)
        self.comes_later = comes_later and bool(page.pk)

    name = "findings"
    title = _("Findings")
    template_name = "region_gate/authoring/findings_panel.html"

    @property
    def media(self) -> Media:
        """Return the panel's styles, and the script that fetches what comes later."""
        script: Any = Script("region_gate/findings.js", type="module")  # the stubs know paths alone
        return super().media + Media(css={"all": ["region_gate/authoring.css"]}, js=[script])

    @cached_property
    def sections(self) -> list[Section]:
        """Return what the apps have to say of the draft; nothing before there is one, or while it comes."""
        if not self.object.pk or self.comes_later:
            return []
        return sections_of(Draft(self.object, self.request))

    @cached_property
    def count(self) -> int:
        """Return how many things need mending."""
        return sum(section.count for section in self.sections)

    def get_context_data(self, parent_context: Context) -> dict[str, Any]:
        """Give the sections, or from where they come; after a save, the button is updated as well."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        return {
            **context,
            "sections": self.sections,
            "inputs": inputs_of(self.object) if self.comes_later else {},
            "updates_button": parent_context.get("is_partial", False) and not self.comes_later,
            "toggle": self.toggle,
        }


def name_the_zone(status: Any) -> None:
    """Have the status panel say in which time zone its schedule is told: that of whoever is signed in."""
    give = status.get_scheduled_publishing_context

    def with_zone(parent_context: Context) -> dict[str, Any]:
        return {name: _in_zone(value) for name, value in give(parent_context).items()}

    status.get_scheduled_publishing_context = with_zone


def _in_zone(value: Any) -> Any:
    """Return a moment as people read it, with its zone; anything else as it is."""
    if not isinstance(value, datetime):
        return value
    moment = date_format(timezone.localtime(value), "DATETIME_FORMAT")
    return f"{moment} ({timezone.get_current_timezone_name()})"


class FindingsMixin:
    """Adds the panel to an editing view."""

    request: HttpRequest
    page: Any

    def get_side_panels(self) -> MediaContainer:
        """Return Wagtail's panels and, after the status, ours."""
        status, *others = super().get_side_panels()  # type: ignore[misc] # the view's
        name_the_zone(status)
        is_opened = self.request.method != "POST"  # and nobody waits for the findings before writing
        return MediaContainer(
            [status, FindingsPanel(self.page, self.request, comes_later=is_opened), *others]
        )


class FindingsEditView(FindingsMixin, EditView):
    """Wagtail's view with the panel, which is updated after each save."""


class FindingsCreateView(FindingsMixin, CreateView):
    """Wagtail's view with the panel, which is filled by the first save."""


class FindingsPageViewSet(PageViewSet):
    """The views of every page that has no viewset of its own."""

    add_view_class = FindingsCreateView
    edit_view_class = FindingsEditView

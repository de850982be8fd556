"""What the editor of a page, and its reviewer, are told of its sources and of what follows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse
from wagtail.models import Page

from region_gate.authoring.draft_links import Draft
from region_gate.authoring.draft_sections import Section
from therapies.comparing.changes import Change
from therapies.models import CatchUp

from . import deciding
from .changes_since import changes_since
from .families import followers_of, sources_of
from .standings import SourceStanding, standings
from .untranslated import as_read, untranslated

CAUGHT_UP, SAFETY_CHANGE = "caught_up", "safety_change"
EDITORS = {"wagtailadmin_pages:edit", "region_gate_findings_panel"}  # whose form the section adds to


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A source of a page: what it has changed, and what was said of that."""

    standing: SourceStanding
    source: Page
    changes: list[Change]
    last: CatchUp | None
    declared: CatchUp | None
    is_ticked: bool
    untranslated: list[str]

    @property
    def value(self) -> str:
        """Return what the tick says to have been taken over: the source, as it is on the screen."""
        return f"{self.source.pk}:{deciding.state_of(self.source)}"

    @property
    def address(self) -> str:
        """Return where the changes are shown in full."""
        return reverse("therapies_catch_up", args=[self.standing.page, self.source.pk])

    @property
    def beside(self) -> str:
        """Return where the page stands beside the source."""
        return reverse("therapies_beside", args=[self.standing.page, self.source.pk])

    @property
    def published_at(self) -> datetime | None:
        """Return when the source was published last."""
        return self.source.last_published_at


class CatchUpSection(Section):
    """What a page's sources have changed, the tick that it is taken over, and the mark of a safety change."""

    template_name = "therapies/catching_up/section.html"

    def __init__(self, draft: Draft) -> None:
        """Look at the page of `draft`, for the person who writes or reviews it."""
        super().__init__(draft)
        self.page, self.request = draft.page, draft.request
        self.posted = getattr(self.request, "POST", None) or {}

    @property
    def is_editor(self) -> bool:
        """Say whether the section stands beside the editor, whose form it adds to."""
        return getattr(getattr(self.request, "resolver_match", None), "view_name", "") in EDITORS

    @cached_property
    def sources(self) -> list[SourceFacts]:
        """Return what is to be said of each source that is live, or that the page translates."""
        found = standings(sources_of(self.page))
        own = [one.source for one in found if one.is_translation]
        pages = Page.objects.filter(Q(live=True) | Q(pk__in=own), pk__in=[one.source for one in found])
        pages = pages.select_related("locale")
        known = pages.specific().in_bulk()
        return [self._facts(one, known[one.source]) for one in found if one.source in known]

    def _facts(self, standing: SourceStanding, source: Page) -> SourceFacts:
        with_revision = self.page.latest_revision_id
        declared = CatchUp.objects.declared_with(with_revision).filter(page=self.page.pk, source=source.pk)
        changed = changes_since(self.page, source) if standing.is_behind else []
        last = CatchUp.objects.in_effect().filter(page=self.page.pk, source=source.pk).first()
        value = f"{source.pk}:{deciding.state_of(source)}"
        is_ticked = value in _all(self.posted, CAUGHT_UP)
        left = untranslated(self.page, as_read(source)) if standing.is_translation else []
        by = declared.select_related("by").first()
        return SourceFacts(standing, source, changed, last, by, is_ticked, left)

    @property
    def count(self) -> int:
        """Return in how many passages its sources are ahead, or how many are not translated."""
        behind = sum(max(1, len(one.changes)) for one in self.sources if one.standing.is_behind)
        return behind + sum(len(one.untranslated) for one in self.sources)

    @property
    def is_marked(self) -> bool:
        """Say whether the draft is marked as a safety change: in the editor, whether the tick is set.

        It stays set in further drafts, as after a rejection, until somebody takes it away or one is live.
        """
        if not self.is_editor:
            return deciding.is_marked(self.page.latest_revision_id)
        if self.posted:
            return SAFETY_CHANGE in self.posted
        return deciding.is_marked_ahead(self.page)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give the sources, the urgent first, and whether anything follows the page."""
        return {
            "sources": sorted(self.sources, key=lambda one: not one.standing.is_urgent),
            "followers": len(followers_of(self.page)),
            "is_marked": self.is_marked,
            "is_editor": self.is_editor,
        }


def _all(posted: Any, name: str) -> list[str]:
    return posted.getlist(name) if hasattr(posted, "getlist") else []

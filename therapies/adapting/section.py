"""What the page editor is told of an original, and of the pages that began as a copy of this one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wagtail.models import Page

from home.access import pages_of
from home.models import Region, RegionHomePage
from home.ownership import owner_at
from region_gate.authoring.draft_links import Draft
from region_gate.authoring.draft_sections import Section
from therapies.comparing.changes import changes
from therapies.comparing.text_fields import OWN_FIELDS, passages_of
from therapies.models import Adaptation


@dataclass(frozen=True, slots=True)
class Use:
    """Where a page is used: the region's page, told by name only where it is published or one's own."""

    home: RegionHomePage | None
    page: Page
    is_open: bool


class AdaptationSection(Section):
    """Where a page comes from, whether its original has changed since, and which regions use it."""

    template_name = "therapies/adapting/section.html"

    def __init__(self, draft: Draft) -> None:
        """Look at the page of `draft`, for the person who writes it."""
        super().__init__(draft)
        self.page, self.user = draft.page, draft.request.user
        found = Adaptation.objects.select_related("source")
        self.adaptation = found.filter(page=self.page.pk).with_news().first()

    @cached_property
    def original(self) -> Page | None:
        """Return the original as visitors see it."""
        return self.adaptation.original if self.adaptation else None

    @cached_property
    def changed(self) -> int:
        """Return how many fields of the original have changed since it was last seen.

        Not among what needs mending here: the section of the page's sources counts that already.
        """
        if not self.adaptation or not self.original:
            return 0
        seen, now = passages_of(self.adaptation.as_seen(), self.original, without=OWN_FIELDS)
        return len(changes(seen, now))

    @property
    def uses(self) -> list[Use]:
        """Return the pages that began as a copy of this one."""
        found = Page.objects.filter(adaptation__source=self.page.pk)
        pages = list(found.select_related("locale").order_by("path"))
        homes = RegionHomePage.objects.by_path() if pages else {}
        own = set(pages_of(self.user).filter(pk__in=[page.pk for page in pages]).values_list("pk", flat=True))
        return [Use(owner_at(page.path, homes), page, page.live or page.pk in own) for page in pages]

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give the original, and the uses."""
        place = self.original and Region.objects.owning(self.original.path)
        return {
            "adaptation": self.adaptation,
            "original": self.original,
            "region": place or (self.adaptation and self.adaptation.source_region),
            "count": self.changed,
            "uses": self.uses,
        }

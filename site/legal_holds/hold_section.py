"""The holds of a page, told to legal beside its draft."""

from collections.abc import Mapping
from typing import Any

from region_gate import clock
from region_gate.authoring.draft_links import Draft
from region_gate.authoring.draft_sections import Section

from .permissions import seen_by
from .protection import holds_on


class HoldSection(Section):
    """The holds that keep the page, for those who read of them; nothing otherwise."""

    template_name = "legal_holds/section.html"

    def __init__(self, draft: Draft) -> None:
        """Look at the page of `draft`, for whoever reads it."""
        super().__init__(draft)
        user = getattr(draft.request, "user", None)
        seen = seen_by(user).in_force(clock.today()) if draft.page.pk and user else ()
        self.holds = holds_on(draft.page, seen)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give the holds."""
        return {"holds": self.holds}

"""Legal's reason for taking a page down, shown beside its draft."""

from collections.abc import Mapping
from typing import Any

from region_gate.authoring.draft_links import Draft
from region_gate.authoring.draft_sections import Section

from .taking_down import last_take_down


class TakeDownSection(Section):
    """Why legal took the page down, as long as it is down; nothing otherwise."""

    template_name = "review/endings/taken_down.html"

    def __init__(self, draft: Draft) -> None:
        """Look at the page of `draft`."""
        super().__init__(draft)
        self.taken_down = last_take_down(draft.page) if draft.page.pk else None

    @property
    def count(self) -> int:
        """Return 1 while the page is down."""
        return int(self.taken_down is not None)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give the reason."""
        return {"taken_down": self.taken_down}

"""That a draft changes its page's address, and which addresses will lead on then."""

from collections.abc import Mapping
from typing import Any

from wagtail.models import Page

from redirecting.page_moves import moves_ahead
from region_gate.authoring.draft_links import Draft
from region_gate.authoring.draft_sections import Section

MAX_LISTED = 5


class RenameSection(Section):
    """The addresses that will lead on once the draft is live; nothing where none changes."""

    template_name = "explorer/rename.html"

    def __init__(self, draft: Draft) -> None:
        """Compare the draft's address with that of its page as it is stored."""
        super().__init__(draft)
        stored = Page.objects.get(pk=draft.page.pk)
        above = stored.url_path.removesuffix(f"{stored.slug}/")
        is_renamed = draft.page.slug != stored.slug and not stored.is_root()
        self.moved = moves_ahead(stored, f"{above}{draft.page.slug}/") if is_renamed else {}

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give the first of them, and how many there are."""
        return {"moved": [*self.moved.items()][:MAX_LISTED], "number": len(self.moved), "listed": MAX_LISTED}

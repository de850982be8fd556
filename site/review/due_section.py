"""That a live page's review is due or overdue, beside its editor."""

from collections.abc import Mapping
from typing import Any

from region_gate import clock
from region_gate.authoring.draft_links import Draft
from region_gate.authoring.draft_sections import Section
from therapies.reports.conf import review_notice

from .models import Approval


class ReviewDueSection(Section):
    """By which day the live page must be reviewed anew; nothing while that is far off."""

    template_name = "review/due.html"

    def __init__(self, draft: Draft) -> None:
        """Look at the page of `draft`."""
        super().__init__(draft)
        due = Approval.objects.shown().filter(
            page=draft.page.pk, review_by__lte=clock.today() + review_notice()
        )
        self.approval = due.first()

    @property
    def count(self) -> int:
        """Return 1 where the review is due."""
        return int(self.approval is not None)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give the approval, and whether its day has passed."""
        is_past = self.approval is not None and self.approval.review_by < clock.today()
        return {"approval": self.approval, "is_past": is_past}

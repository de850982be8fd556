"""Checks before a page is submitted or published."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.dispatch import Signal
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm

from region_gate import clock
from region_gate.authoring.dated_forms import DatedFormMixin

SENDING = {"action-publish", "action-submit", "action-restart-workflow", "action-workflow-action"}
REJECTING = "reject"

# Sent with `page` (as the form would save it), `parent` and `on`, the day it would go live:
# receivers return the errors that speak against it, in words, by the name of the field.
page_sent = Signal()


class PageForm(DatedFormMixin, WagtailAdminPageForm):
    """Wagtail's form, which says at its fields why a page cannot be submitted; drafts can always be saved."""

    def is_valid(self) -> bool:
        """Say whether the page may be saved, and sent on where that is what was asked for."""
        is_valid = super().is_valid()
        if is_valid and is_sending(self.data):
            self._ask()
        return is_valid and not self.errors

    def _ask(self) -> None:
        page, on = self.instance, day_of(self.instance.go_live_at)
        answers: list[tuple[Any, Any]] = page_sent.send(type(page), page=page, parent=self.parent_page, on=on)
        for _receiver, errors in answers:
            for field, messages in errors.items():
                self.add_error(field if field in self.fields else None, messages)


def is_sending(posted: Mapping[str, Any]) -> bool:
    """Say whether the buttons in `posted` send the page on."""
    is_rejected = posted.get("workflow-action-name") == REJECTING
    return not (SENDING.isdisjoint(posted) or is_rejected)


def day_of(go_live_at: datetime | None) -> date:
    """Return the day on which what goes live at `go_live_at` does so: today, unless that is later."""
    return clock.day_of(max(timezone.now(), go_live_at)) if go_live_at else clock.today()

"""Checks before a page is submitted or published."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.dispatch import Signal
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from region_gate import clock
from region_gate.authoring.dated_forms import DatedFormMixin

from .creation import KEY, translation_key_for

SENDING = {"action-publish", "action-submit", "action-restart-workflow", "action-workflow-action"}
REJECTING = "reject"

# Sent with `page` (as the form would save it), `parent` and `on`, the day it would go live:
# receivers return the errors that speak against it: lists of words, by the name of the field.
page_sent = Signal()


class PageForm(DatedFormMixin, WagtailAdminPageForm):
    """Wagtail's form, which says at its fields why a page cannot be submitted; drafts can always be saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Have a new page created once."""
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields[KEY] = forms.UUIDField(required=False, widget=forms.HiddenInput)
            self.initial[KEY] = uuid4()

    def clean(self) -> dict[str, Any]:
        """Give a new page the translation key by which it is told again."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (key := cleaned.get(KEY)) and self.for_user:
            self.instance.translation_key = translation_key_for(key, self.for_user)
        return cleaned

    def is_valid(self) -> bool:
        """Say whether the page may be saved, and sent on where that is what was asked for."""
        is_valid = super().is_valid()
        if is_valid and is_sending(self.data):
            self._ask()
        return is_valid and not self.errors

    def _ask(self) -> None:
        for field, message in errors_of(self.instance, self.parent_page):
            self.add_error(field if field in self.fields else None, message)


def errors_of(page: Page, parent: Page) -> Iterator[tuple[str, Any]]:
    """Give what speaks against sending `page` on as it is below `parent`: the field's name, the words."""
    on = day_of(page.go_live_at)
    answers: list[tuple[Any, Any]] = page_sent.send(type(page), page=page, parent=parent, on=on)
    for _receiver, errors in answers:
        for field, messages in errors.items():
            yield from ((field, message) for message in messages)


def is_sending(posted: Mapping[str, Any]) -> bool:
    """Say whether the buttons in `posted` send the page on."""
    is_rejected = posted.get("workflow-action-name") == REJECTING
    return not (SENDING.isdisjoint(posted) or is_rejected)


def day_of(go_live_at: datetime | None) -> date:
    """Return the day on which what goes live at `go_live_at` does so: today, unless that is later."""
    return clock.day_of(max(timezone.now(), go_live_at)) if go_live_at else clock.today()

"""The holds' place in Wagtail's admin."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from home.access import LEGAL, is_in_team_at
from home.exceptions import RefusedError
from region_gate import clock
from region_gate.authoring.draft_sections import DRAFT_SECTIONS
from review.reports.hooks import LegalReportMenuItem
from therapies.editing.conflicts import LOADED, LOADED_AT, OVERWRITTEN

from . import protection
from .hold_section import HoldSection
from .models import HoldEvent
from .permissions import seen_by
from .views import HoldsView, HoldView, SetHoldView

ACTIONS = {
    HoldEvent.SET: _("Set a legal hold"),
    HoldEvent.END_ASKED: _("Ask for the end of a legal hold"),
    HoldEvent.STAYS: _("Refuse to end a legal hold"),
    HoldEvent.ENDED: _("End a legal hold"),
}

hooks.register(DRAFT_SECTIONS, HoldSection, order=-4)  # before all else


@hooks.register("register_admin_urls")
def addresses_of_the_holds() -> list[URLPattern]:
    """Add the list, a hold, and a new one."""
    start = "reports/legal-holds/"
    return [
        path(start, HoldsView.as_view(), name="legal_holds"),
        path(f"{start}results/", HoldsView.as_view(results_only=True), name="legal_holds_results"),
        path(f"{start}set/", SetHoldView.as_view(), name="set_legal_hold"),
        path(f"{start}<int:number>/", HoldView.as_view(), name="legal_hold"),
    ]


@hooks.register("register_reports_menu_item")
def holds_among_the_reports() -> MenuItem:
    """Add the holds to the reports."""
    address = reverse("legal_holds")
    return LegalReportMenuItem(HoldsView.page_title, address, name="legal-holds", icon_name="lock", order=655)


@hooks.register("register_page_header_buttons")
def hold_from_the_header(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead legal to the holds of the page, and offer to put it under one."""
    if is_in_team_at(page.path, user, LEGAL):
        for hold in protection.holds_on(page, seen_by(user).in_force(clock.today())):
            label = gettext("Under a legal hold: %(hold)s") % {"hold": hold}
            yield Button(label, hold.get_absolute_url(), icon_name="lock", priority=60)
        address = f"{reverse('set_legal_hold')}?page={page.pk}"
        yield Button(_("Set a legal hold"), address, icon_name="lock", priority=62)


@hooks.register("before_delete_page", order=-1)
def say_that_it_is_held(request: HttpRequest, page: Page) -> HttpResponseBase | None:
    """Redirect whoever would delete what is held back to it, before asking for confirmation."""
    return _said(request, [page], reverse("wagtailadmin_explore", args=[page.pk]))


@hooks.register("before_delete_snippet", order=-1)
def say_that_they_are_held(request: HttpRequest, instances: Iterable[Any]) -> HttpResponseBase | None:
    """Redirect whoever would delete snippets that are held back to the list."""
    things = [*instances]
    return _said(request, things, reverse(things[0].snippet_viewset.get_url_name("list"))) if things else None


def _said(request: HttpRequest, things: Iterable[Any], back: str) -> HttpResponseBase | None:
    try:
        for thing in things:
            protection.check_deletion(thing)
    except RefusedError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect(back)
    return None


@hooks.register("before_bulk_action")
def keep_held_files_where_they_are(
    request: HttpRequest, act: str, objects: Iterable[Any], action: Any
) -> None:
    """Refuse to move images and documents that are held, by the bulk action that calls no `save`."""
    if act == "add_to_collection":
        protection.check_stay(objects)


@hooks.register("before_edit_page", order=2)
@hooks.register("before_edit_snippet", order=2)
def keep_each_draft(request: HttpRequest, thing: Any) -> None:
    """Have autosave write a new draft of what is held, where it would overwrite the one before."""
    if request.method != "POST" or not request.POST.get(OVERWRITTEN):
        return
    latest = getattr(thing, "latest_revision", None)
    if latest is not None and protection.is_held(thing):
        posted = request.POST.copy()
        if posted.pop(OVERWRITTEN) == [str(latest.pk)]:
            posted[LOADED], posted[LOADED_AT] = str(latest.pk), latest.created_at.isoformat()
        request.POST = posted  # type: ignore[assignment] # a copy that may be changed


@hooks.register("register_log_actions")
def log_what_was_decided(actions: LogActionRegistry) -> None:
    """Let the log say what was decided of a hold, and why."""

    class HoldDecided(LogFormatter):
        """Tells what is held, and the reason."""

        def format_message(self, entry: Any) -> str:
            """Return the decision, what it names, and its reason."""
            return f"{self.label}: {entry.data.get('what', '')} – {entry.data.get('reason', '')}"

    for event, label in ACTIONS.items():
        formatter = type(f"HoldDecided{event.name}", (HoldDecided,), {"label": label})
        actions.register_action(f"legal_holds.{event.value}")(formatter)

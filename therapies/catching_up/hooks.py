"""Where catching up meets Wagtail: the editor's section, its ticks, the matrix, and the history."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from home.submission import is_sending
from region_gate.authoring.draft_sections import DRAFT_INPUTS, DRAFT_SECTIONS
from therapies.reports.hooks import ReportMenuItem

from . import alerts, deciding  # noqa: F401 - registers them
from .families import followers_of, sources_of
from .page_matrix_view import PageMatrixView
from .section import CAUGHT_UP, SAFETY_CHANGE, CatchUpSection
from .translating import TranslateView
from .views import BesideView, CatchUpView

DECIDING = "action-workflow-action"  # the button of a reviewer, which says nothing of the page

hooks.register(DRAFT_SECTIONS, CatchUpSection, order=-2)  # a safety change comes before all else


@hooks.register(DRAFT_INPUTS)
def keep_the_mark(page: Page) -> dict[str, str]:
    """Have the form keep the mark of a safety change until its tick is there to be taken away."""
    is_marked = deciding.is_marked_ahead(page) and bool(followers_of(page))
    return {SAFETY_CHANGE: "1"} if is_marked else {}


@hooks.register("register_admin_urls")
def addresses_of_catching_up() -> list[URLPattern]:
    """Add the matrix, and what a source has changed since."""
    address = "reports/translations/<int:page>/<int:source>/"
    return [
        path(address, CatchUpView.as_view(), name="therapies_catch_up"),
        path(f"{address}beside/", BesideView.as_view(), name="therapies_beside"),
        path("reports/translations/", PageMatrixView.as_view(), name="page_matrix"),
    ]


@hooks.register("register_admin_urls", order=-1)
def translating_before_wagtails_own() -> list[URLPattern]:
    """Put our view where Wagtail has its own, which is found by its name as ever."""
    return [path("translation/submit/page/<int:page_id>/", TranslateView.as_view())]


@hooks.register("register_reports_menu_item")
def pages_and_languages_among_the_reports() -> MenuItem:
    """Add the matrix of pages and languages to the reports."""
    view = PageMatrixView
    return ReportMenuItem(
        view.page_title, reverse("page_matrix"), name="page_matrix", icon_name=view.header_icon, order=615
    )


@hooks.register("after_edit_page")
def take_the_ticks(request: HttpRequest, page: Page) -> None:
    """Keep what whoever sends a page on says of it; a draft that is only saved says nothing."""
    if not is_sending(request.POST) or DECIDING in request.POST:
        return
    page = Page.objects.get(pk=page.pk)
    if followers_of(page):
        _mark(request, page)
    known = {one.source for one in sources_of(page)}
    for value in request.POST.getlist(CAUGHT_UP):
        key, _colon, state = value.partition(":")
        if key.isdecimal() and int(key) in known:
            _declare(request, page, Page.objects.get(pk=int(key)), state)


def _mark(request: HttpRequest, page: Page) -> None:
    deciding.unmark(page)
    if SAFETY_CHANGE in request.POST and page.latest_revision:
        deciding.mark_urgent(page, page.latest_revision, request.user)


def _declare(request: HttpRequest, page: Page, source: Page, state: str) -> None:
    """Keep the decision, if it is about what is published now."""
    if not source.live or deciding.state_of(source) != state:
        told = gettext(
            "“%(title)s” has changed meanwhile, so this page is still behind it. Please look again."
        )
        messages.warning(request, told % {"title": source.title})
        return
    deciding.declare(page, source, request.user)


@hooks.register("register_log_actions")
def log_catching_up(actions: LogActionRegistry) -> None:
    """Let a page's history say which state of its source it is at, and which change was urgent."""

    @actions.register_action(deciding.ACTION)
    class CaughtUp(LogFormatter):
        """Tells the source with the entry, and why nothing was to be changed."""

        label = _("Catch up with the source")

        def format_message(self, entry: Any) -> str:
            """Return which changes were taken over."""
            said = gettext("Caught up with “%(title)s”, up to %(up_to)s") % entry.data
            return f"{said}: {entry.data['reason']}" if entry.data.get("reason") else said

    actions.register_action(
        deciding.MARK_ACTION, _("Mark as a safety change"), _("Marked as a safety change")
    )

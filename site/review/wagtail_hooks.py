"""Where the review meets Wagtail."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.models import AbstractDocument
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from home.exceptions import RefusedError
from region_gate.authoring.draft_sections import DRAFT_SECTIONS

from . import alerts, collections, deletion, own_alerts, publication_rules, shared_approvals  # noqa: F401 - attention registers itself
from .admin_links import offer_no_way_around, put_the_review_first
from .answers import CommentsView, tell_of_comments
from .change_request import ReasonSection, tell_why_it_came_back
from .decisions import check_button
from .due_section import ReviewDueSection
from .endings import hooks as endings_hooks  # noqa: F401 - registers them
from .impact.views import ImpactPreview, ImpactView
from .marked_view import MarkedView
from .releases import hooks as release_hooks  # noqa: F401 - registers itself
from .reports import hooks as report_hooks  # noqa: F401 - registers them
from .views import ReviewView
from .workflows import SHARED_MODELS


@hooks.register("register_admin_urls")
def addresses_of_the_review() -> list[URLPattern]:
    """Add the reviewer's screen, what a decision will change, and where comments are answered."""
    ending = "review/ending/<slug:app>/<slug:model>/<int:pk>/impact/"
    return [
        path("review/<int:state>/", ReviewView.as_view(), name="review"),
        path("review/<int:state>/marked/", MarkedView.as_view(), name="review_marked"),
        path("review/<int:state>/impact/", ImpactView.as_view(), name="review_impact"),
        path("review/<int:state>/impact/preview/", ImpactPreview.as_view(), name="review_impact_preview"),
        path(ending, ImpactView.as_view(), name="review_ending_impact"),
        path(f"{ending}preview/", ImpactPreview.as_view(), name="review_ending_preview"),
        path("review/comments/<int:kind>/<str:pk>/", CommentsView.as_view(), name="review_comments"),
    ]


@hooks.register("register_log_actions")
def log_what_teams_approve(actions: LogActionRegistry) -> None:
    """Let the history say for which team somebody has approved what all regions share."""

    @actions.register_action(shared_approvals.ACTION)
    class ApprovedForTeam(LogFormatter):
        """Tells the teams with the entry."""

        label = _("Approve for a team")

        def format_message(self, entry: Any) -> str:
            """Return for which regions' teams the person may speak."""
            return gettext("Approved for the legal team of %(teams)s") % {
                "teams": entry.data.get("teams", "").upper()
            }

        def format_comment(self, entry: Any) -> str:
            """Return what was said with it."""
            return str(entry.data.get("comment", ""))


for _menu in ("construct_page_action_menu", "construct_snippet_action_menu"):
    hooks.register(_menu, put_the_review_first)
    hooks.register(_menu, offer_no_way_around)


for _editor in ("before_edit_page", "before_edit_snippet"):
    # After the look for a newer draft, whose answer gives people their own words back.
    hooks.register(_editor, check_button, order=1)
    hooks.register(_editor, tell_of_comments)
    hooks.register(_editor, tell_why_it_came_back)


hooks.register(DRAFT_SECTIONS, ReasonSection, order=-2)  # before all else
hooks.register(DRAFT_SECTIONS, ReviewDueSection, order=-1)


@hooks.register("before_bulk_action")
def keep_documents_where_they_are(
    request: HttpRequest, act: str, objects: Iterable[Any], action: Any
) -> None:
    """Refuse to move documents that live pages show by the bulk action, which calls no `save`."""
    if (
        act == "add_to_collection"
        and issubclass(action.model, AbstractDocument)
        and publication_rules.is_guarded()
    ):
        collections.check_move(objects, action.cleaned_form.cleaned_data["collection"])


@hooks.register("before_delete_page")
def say_that_it_is_live(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Redirect whoever would delete live pages back to them, before asking for confirmation."""
    return _said(request, [page], reverse("wagtailadmin_explore", args=[page.pk]))


@hooks.register("before_delete_snippet")
def say_that_they_are_live(request: HttpRequest, instances: Iterable[Any]) -> HttpResponse | None:
    """Redirect whoever would delete live snippets back to the list, before asking for confirmation."""
    ours: list[Any] = [one for one in instances if isinstance(one, SHARED_MODELS)]
    return _said(request, ours, reverse(ours[0].snippet_viewset.get_url_name("list"))) if ours else None


def _said(request: HttpRequest, things: Iterable[Any], back: str) -> HttpResponse | None:
    """Say why one of `things` is not deleted and lead `back`; None where all may be."""
    try:
        for thing in things:
            deletion.check(thing)
    except RefusedError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect(back)
    return None


@hooks.register("insert_global_admin_css")
def dress_the_review() -> SafeString:
    """Add the style of the reviewer's screen."""
    return format_html('<link rel="stylesheet" href="{}">', static("review/review.css"))


class PagesAPIViewSet(PagesAdminAPIViewSet):
    """Wagtail's, less the way by which an older draft takes the place of a newer one unseen."""

    actions: ClassVar = {
        name: action
        for name, action in PagesAdminAPIViewSet.actions.items()
        if name != "revert_to_page_revision"
    }


@hooks.register("construct_admin_api")
def keep_newer_drafts_from_the_api(router: WagtailAPIRouter) -> None:
    """Take the place of Wagtail's own pages in the admin's API."""
    router.register_endpoint("pages", PagesAPIViewSet)

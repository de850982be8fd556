"""Where the review meets Wagtail."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel

from region_gate.authoring.panel import DRAFT_SECTIONS

from . import attention  # noqa: F401 - registers it
from .entrances import WaitingPanel, offer_no_way_around, put_the_review_first
from .reason import ReasonSection
from .views import ReviewView


@hooks.register("register_admin_urls")
def addresses_of_the_review() -> list[URLPattern]:
    """Add the reviewer's screen."""
    return [path("review/<int:state>/", ReviewView.as_view(), name="review")]


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    """Lead to the reviewer's screen where Wagtail would lead to the editor."""
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels.append(WaitingPanel())


for _menu in ("construct_page_action_menu", "construct_snippet_action_menu"):
    hooks.register(_menu, put_the_review_first)
    hooks.register(_menu, offer_no_way_around)


@hooks.register(DRAFT_SECTIONS, order=-2)
def reason_among_the_findings(draft: Any) -> ReasonSection:
    """Tell the editor before all else what legal asked for."""
    return ReasonSection(draft)


@hooks.register("insert_global_admin_css")
def dress_the_review() -> SafeString:
    """Add the style of the reviewer's screen."""
    return format_html('<link rel="stylesheet" href="{}">', static("review/review.css"))

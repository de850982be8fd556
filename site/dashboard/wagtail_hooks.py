"""The first page's place in the Wagtail admin."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel

from .panels import panels_for


@hooks.register("construct_homepage_panels")
def show_where_the_work_is(request: HttpRequest, panels: list[Component]) -> None:
    """Tell people of their regions and their work, where Wagtail would tell reviewers of theirs."""
    others = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels[:] = [*panels_for(request.user), *others]


@hooks.register("insert_global_admin_css")
def dress_the_first_page() -> SafeString:
    """Add the style of the first page, and of the wordmark beside each."""
    return format_html('<link rel="stylesheet" href="{}">', static("dashboard/dashboard.css"))

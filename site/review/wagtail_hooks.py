"""Where the review meets Wagtail."""

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from . import attention  # noqa: F401 - registers it
from .models import PageReview
from .views import ReviewView


@hooks.register("register_admin_urls")
def addresses_of_the_review() -> list[URLPattern]:
    """Add the reviewer's screen."""
    return [path("review/<int:state>/", ReviewView.as_view(), name="review")]


@hooks.register("register_page_header_buttons")
def offer_the_review(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead the reviewers of a page that waits for them to their screen."""
    task = page.current_workflow_task
    if isinstance(task, PageReview) and task.is_reviewer(page, user):
        address = reverse("review", args=[page.current_workflow_task_state.pk])
        yield Button(_("Review"), address, icon_name="clipboard-list", priority=1)


@hooks.register("insert_global_admin_css")
def dress_the_review() -> SafeString:
    """Add the style of the reviewer's screen."""
    return format_html('<link rel="stylesheet" href="{}">', static("review/review.css"))

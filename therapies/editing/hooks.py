"""Where the rules of editing meet Wagtail."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from .conflicts import has_drafts, newer_draft
from .refusing import refuse


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def keep_newer_drafts(request: HttpRequest, thing: Any) -> HttpResponseBase | None:
    """Refuse to save over a newer draft than the one that was loaded, whatever the button."""
    if request.method != "POST" or not has_drafts(thing):
        return None
    draft = newer_draft(thing, request.POST, request.user)
    return refuse(request, draft) if draft else None


@hooks.register("insert_editor_js")
def keep_up_with_autosave() -> SafeString:
    """Tell the form which draft autosave has just saved."""
    return format_html('<script src="{}"></script>', static("therapies/editing.js"))


@hooks.register("insert_global_admin_css")
def dress_the_refusal() -> SafeString:
    """Add the style of a refused save."""
    return format_html('<link rel="stylesheet" href="{}">', static("therapies/editing.css"))

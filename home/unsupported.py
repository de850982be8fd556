"""Changes that have an address in Wagtail's admin, but fail there."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest
from django.views import View
from wagtail.admin.views.generic.chooser import CreateView
from wagtail.models import Page

# Changes that end below a page's parent, which the root of the tree has none of.
BELOW_PARENT = {
    "wagtailadmin_pages:move_confirm": "page_to_move_id",
    "wagtailadmin_pages:set_page_position": "page_to_move_id",
    "wagtailadmin_pages:lock": "page_id",
    "wagtailadmin_pages:unlock": "page_id",
}


def refuse_impossible(request: HttpRequest, view: Callable[..., Any], kwargs: Mapping[str, Any]) -> None:
    """Raise Http404 where `request` asks `view` for a change on which Wagtail would crash."""
    if _has_no_form(view) or _is_of_root(request, kwargs):
        raise Http404


def _has_no_form(view: Callable[..., Any]) -> bool:
    """Say whether `view` makes what can be chosen, in a chooser that was given no form for that."""
    kind: Any = getattr(view, "view_class", View)
    if not issubclass(kind, CreateView) or kind.get_creation_form_class != CreateView.get_creation_form_class:
        return False
    chooser = kind(**getattr(view, "view_initkwargs", {}))
    return chooser.get_creation_form_class() is None


def _is_of_root(request: HttpRequest, kwargs: Mapping[str, Any]) -> bool:
    match = request.resolver_match
    name = BELOW_PARENT.get(match.view_name) if match else None
    return name is not None and Page.get_root_nodes().filter(pk=kwargs[name]).exists()

"""The page from which a typed address is judged: the one being edited, as far as that is known."""

from typing import NamedTuple

from ada_url import URL
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from wagtail.models import Page

from region_gate import snapshot
from region_gate.links.destinations import Viewpoint

NOWHERE = "host.invalid"  # RFC 6761: nobody's


class Editing(NamedTuple):
    """An address of the admin where a page is written, and the parameter that names the page."""

    view_name: str
    parameter: str


EDITING = (
    Editing("wagtailadmin_pages:edit", "page_id"),
    Editing("wagtailadmin_pages:add", "parent_page_id"),
    Editing("wagtailadmin_pages:revisions_revert", "page_id"),
)


def from_nowhere() -> Viewpoint:
    """Return a viewpoint in no region, on the site's main host."""
    host = snapshot.current().regions.default_host or NOWHERE
    return snapshot.viewpoint(f"https://{host}/", "")


def from_page(page: Page, request: HttpRequest) -> Viewpoint:
    """Return the viewpoint of `page` at its public address.

    A chief host that is not the one being spoken to is a development server's: then stand here.
    """
    url = URL(page.full_url or request.build_absolute_uri("/"))
    regions = snapshot.current().regions
    if url.host == regions.default_host and not regions.is_own(request.get_host()):
        url.host, url.port = request.get_host(), request.get_port()
    return snapshot.viewpoint(url.href)


def page_being_written(request: HttpRequest) -> Page | None:
    """Return the page whose editor `request` comes from (or the one above it, when it is new).

    It is only the browser that says so: good enough for advice, not for a permission.
    """
    try:
        found = resolve(URL(request.headers.get("Referer", "")).pathname)
    except (ValueError, Resolver404):
        return None
    keys = [found.kwargs[parameter] for name, parameter in EDITING if name == found.view_name]
    return Page.objects.filter(pk__in=keys).first()

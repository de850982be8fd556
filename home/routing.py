"""From an address to its page in one step, however deep the page lies.

Wagtail walks the tree from the site's root with two queries for each segment. What is found here
is handed to Wagtail, which serves it; what is not, such as a routable page, Wagtail looks for itself.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import F, Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from wagtail import views
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.query import PageQuerySet

from region_gate.constancy import asked_once

from .models.region import HOME_DEPTH
from .ownership import above
from .visibility import check_shown, marked, shown

# What other apps want to know of each page that is served, at no query of its own: fields by name, or what
# returns, at each request, an expression.
annotations: dict[str, F | Callable[[], Any]] = {}


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve the page at `path` in the address's language. Raises Http404; WithheldError for one withheld."""
    _find_site(request)
    if page := _page_at(request, path):
        # Where Wagtail keeps its own answer to the same question.
        setattr(request, "_wagtail_route_for_request", page.route(request, []))  # noqa: B010 - for mypy
        if not _may_be_private(page):
            page.get_view_restrictions = PageViewRestriction.objects.none
        check_shown(page)
    elif not _is_in_its_language(request, path):
        raise Http404
    else:
        _check_what_wagtail_finds(request, path)
    return views.serve(request, path)


def _find_site(request: HttpRequest) -> None:
    """Have Wagtail know the site of `request`, which is the same for each at one host and port."""
    if not hasattr(request, "_wagtail_site"):
        found = _site_at(request.get_host(), request.get_port())
        setattr(request, "_wagtail_site", found)  # noqa: B010 - for mypy


@asked_once
def _site_at(host: str, port: str) -> Site | None:
    request = HttpRequest()
    request.META = {"HTTP_HOST": host, "SERVER_PORT": port}
    return Site.find_for_request(request)


def _may_be_private(page: Page) -> bool:
    """Say whether Wagtail is to be asked who may see `page`, which it does with two queries."""
    return not _restricted().isdisjoint(above(page.path))


@asked_once
def _restricted() -> frozenset[str]:
    """Return where in the tree pages begin that not everybody may see, or that are as private as others."""
    paths = Page.objects.filter(Q(view_restrictions__isnull=False) | Q(alias_of__isnull=False))
    return frozenset(paths.values_list("path", flat=True))


def _check_what_wagtail_finds(request: HttpRequest, path: str) -> None:
    """Raise WithheldError for a withheld page; not for what one has below it, such as a search."""
    route = Page.route_for_request(request, path)
    if route and not (path and route.args):
        check_shown(route.page)


def hidden_page_at(request: HttpRequest, path: str) -> Page | None:
    """Return the page at `path` in the address's language that is not live, None where there is none."""
    root = _root_path(request)
    if root is None or not path:
        return None
    found: Page | None = Page.objects.not_live().filter(url_path=root + path).first()
    return found


def translations_at(request: HttpRequest, path: str) -> list[Page]:
    """Return the pages that visitors are shown, in other languages, of what is not there at `path`.

    They stand at the same address in their languages, or are translations of a page that is not live;
    a region's home pages are no such pages: each visitor is told of them anyway.
    """
    hidden = hidden_page_at(request, path)
    places = [f"{root}{path}" for root in root_paths(request).values()] if path else []
    family = Q(translation_key=hidden.translation_key) if hidden else Q(pk__in=[])
    pages = shown(Page.objects.live().filter(Q(url_path__in=places) | family, depth__gt=HOME_DEPTH))
    return [*pages.select_related("locale").order_by("locale_id")]


def _page_at(request: HttpRequest, path: str) -> Page | None:
    root = _root_path(request)
    if root is None or not path:
        return None
    return _served(Page.objects.live().filter(url_path=root + path)).first()


def as_served(page: Page) -> Page:
    """Return `page`, just read, with what other apps want to know of a page that is served."""
    served: Page = page.specific
    for name, value in Page.objects.annotate(**_wanted()).values(*annotations).get(pk=page.pk).items():
        setattr(served, name, value)
    return served


def _served(pages: PageQuerySet) -> PageQuerySet:
    return marked(pages).annotate(**_wanted()).specific()


def _wanted() -> dict[str, Any]:
    return {name: field() if callable(field) else field for name, field in annotations.items()}


def root_paths(request: HttpRequest) -> dict[str, str]:
    """Return the `url_path` of the site's root in each of its languages, such as "/root/"."""
    site = Site.find_for_request(request)
    roots = Site.get_site_root_paths() if site else []
    return {root.language_code: root.root_path for root in roots if root.site_id == site.pk}


def _root_path(request: HttpRequest) -> str | None:
    return root_paths(request).get(get_language() or "")


def _is_in_its_language(request: HttpRequest, path: str) -> bool:
    """Say whether what Wagtail would serve is in the address's language.

    Where a site's root has no translation, Wagtail falls back to the root in another language.
    """
    route = Page.route_for_request(request, path)
    return route is None or route.page.locale.language_code == get_language()

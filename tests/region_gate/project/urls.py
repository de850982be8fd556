"""A few pages of two made-up regions, north and south, and every kind of way out."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from region_gate.links.regions import Address, Regions, RegionSpec

HOST = "www.example.com"
PAGE = """<!DOCTYPE html><html><head><title>Page</title></head><body>
<a id="same" href="/north/a/">same</a> <a id="other" href="/south/">other</a>
<a id="third" href="https://evil.test/x">third</a> <a id="blocked" href="javascript:x()">blocked</a>
</body></html>"""


def regions() -> Regions:
    """Return the two made-up regions."""
    return Regions((_region("north", "North"), _region("south", "South")), frozenset({HOST}))


def _region(code: str, name: str) -> RegionSpec:
    english, german = Address(HOST, f"/{code}/", "en"), Address(HOST, f"/de/{code}/", "de")
    return RegionSpec(code, name, (english, german))


def page(request: HttpRequest) -> HttpResponse:
    """Answer with a page of every kind of link."""
    return HttpResponse(PAGE)


def redirect(request: HttpRequest) -> HttpResponse:
    """Redirect to where the query says, as a careless view would."""
    return HttpResponseRedirect(request.GET["next"])


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 with a page that has a link out."""
    return HttpResponse(f"Nothing here. {PAGE}", status=404)


handler404 = not_found
urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    *i18n_patterns(
        path("leaving/", include("region_gate.urls")),
        path("north/redirect/", redirect),
        path("north/", page),
        path("", page),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

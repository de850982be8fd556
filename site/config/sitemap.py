"""What search engines are told: the live pages, and where they may go."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from home.visibility import shown

IN_PART = 5_000  # addresses; the protocol allows ten times as many (sitemaps.org)
MAX_PARTS = 50_000  # of an index, by the protocol


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every public page in every language, or where there are many, the parts that list them."""
    parts = -(-_pages().count() // IN_PART)
    if parts <= 1:
        return _listing(request, _pages())
    addresses = [request.build_absolute_uri(reverse("sitemap_part", args=[n])) for n in range(1, parts + 1)]
    return _xml(request, "sitemap_index.xml", {"addresses": addresses})


@require_safe
def sitemap_part(request: HttpRequest, number: str) -> HttpResponse:
    """List the public pages of one part, counted from 1. Raises Http404 where there is none."""
    end = min(int(number), MAX_PARTS + 1) * IN_PART
    pages = _pages()[end - IN_PART : end]
    if not pages.exists():
        raise Http404
    return _listing(request, pages)


def _pages() -> PageQuerySet:
    return shown(Page.objects.live().public().filter(depth__gt=1)).order_by("path")


def _listing(request: HttpRequest, pages: PageQuerySet) -> HttpResponse:
    listed = ((page.full_url, page.last_published_at) for page in pages.iterator())
    return _xml(request, "sitemap.xml", {"entries": [(url, changed) for url, changed in listed if url]})


def _xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots out of the admin and off the notices."""
    site = Site.find_for_request(request)
    listed = f"Sitemap: {site.root_url}/sitemap.xml\n" if site else ""
    rules = f"User-agent: *\nDisallow: /admin/\nDisallow: /*leaving/\n{listed}"
    return HttpResponse(rules, content_type="text/plain; charset=utf-8")

"""What search engines are told: the live pages, and where they may go."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Site
from wagtail.query import PageQuerySet

from .alternates import listable, listed

# Addresses; the protocol allows more (sitemaps.org), but with as many countries and languages as a region
# can have, a part is to stay well below the 50 MB that it allows, too.
IN_PART = 1_000
MAX_PARTS = 50_000  # of an index, by the protocol


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every public page in every language, or where there are many, the parts that list them.

    Each with the last change, and each page with what says the same for others.
    """
    changes = [*listable().values_list("last_published_at", flat=True)]
    if len(changes) <= IN_PART:
        return _listing(request, listable())
    some = [changes[start : start + IN_PART] for start in range(0, len(changes), IN_PART)]
    parts = [(_address(request, n), max(filter(None, part), default=None)) for n, part in enumerate(some, 1)]
    return _xml(request, "sitemap_index.xml", {"parts": parts})


def _address(request: HttpRequest, number: int) -> str:
    return request.build_absolute_uri(reverse("sitemap_part", args=[number]))


@require_safe
def sitemap_part(request: HttpRequest, number: str) -> HttpResponse:
    """List the public pages of one part, counted from 1. Raises Http404 where there is none."""
    end = min(int(number), MAX_PARTS + 1) * IN_PART
    pages = listable()[end - IN_PART : end]
    if not pages.exists():
        raise Http404
    return _listing(request, pages)


def _listing(request: HttpRequest, pages: PageQuerySet) -> HttpResponse:
    return _xml(request, "sitemap.xml", {"pages": listed(pages)})


def _xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots out of the admin and off the notices."""
    site = Site.find_for_request(request)
    listed = f"Sitemap: {site.root_url}/sitemap.xml\n" if site else ""
    rules = f"User-agent: *\nDisallow: /admin/\nDisallow: /*leaving/\n{listed}"
    return HttpResponse(rules, content_type="text/plain; charset=utf-8")

"""What search engines are told: the live pages, and where they may go."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from home.visibility import shown

MAX_ADDRESSES = 50_000  # addresses, as the protocol allows (sitemaps.org)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every public page in every language."""
    pages = shown(Page.objects.live().public().filter(depth__gt=1)).order_by("path")[:MAX_ADDRESSES]
    listed = [(page.full_url, page.last_published_at) for page in pages]
    entries = [(url, changed) for url, changed in listed if url]
    return render(request, "sitemap.xml", {"entries": entries}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots out of the admin and off the notices."""
    site = Site.find_for_request(request)
    listed = f"Sitemap: {site.root_url}/sitemap.xml\n" if site else ""
    rules = f"User-agent: *\nDisallow: /admin/\nDisallow: /*leaving/\n{listed}"
    return HttpResponse(rules, content_type="text/plain; charset=utf-8")

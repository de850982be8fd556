"""Everything that a visitor can reach, as absolute addresses."""

from collections.abc import Iterator

from ada_url import join_url
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from region_gate import conf, ground


def reachable_addresses(region: str = "") -> list[str]:
    """Return the addresses of live pages, documents and what else the site names, each once.

    With `region`, only those of this region.
    """
    found = dict.fromkeys((*_pages(), *_documents(), *conf.addresses()))
    return [address for address in found if not region or ground.viewpoint(address).region == region]


def _pages() -> Iterator[str]:
    for page in Page.objects.live().order_by("path").iterator():
        if address := page.full_url:
            yield address


def _documents() -> Iterator[str]:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return
    for document in get_document_model().objects.order_by("pk").iterator():
        yield join_url(site.root_url, document.url)

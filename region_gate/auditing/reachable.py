"""Everything that a visitor can reach, as absolute addresses."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from ada_url import join_url
from django.conf import settings
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from region_gate import conf, snapshot
from region_gate.links.spellings import other_spellings


def reachable_addresses(region: str = "") -> list[str]:
    """Return the addresses of live pages, documents and what else the site names, each once.

    With `region`, only those of this region.
    """
    found = dict.fromkeys((*_pages(), *_documents(), *conf.addresses()))
    return [address for address in found if is_in(region, address)]


def unreachable_addresses(region: str = "") -> dict[str, list[str]]:
    """Return other spellings of each document's address, and its file's own, none of which may serve it.

    By the document's address. With `region`, only those of this region.
    """
    return {
        address: [*other_spellings(address), *_of_file(address, name)]
        for address, name in _documents().items()
        if is_in(region, address)
    }


def is_in(region: str, address: str) -> bool:
    """Say whether `address` is in `region`; blank means anywhere."""
    return not region or snapshot.viewpoint(address).region == region


def _pages() -> Iterator[str]:
    for page in Page.objects.live().order_by("path").iterator():
        if address := page.full_url:
            yield address


def _documents() -> dict[str, str]:
    """Return the names of the documents' files by the documents' addresses."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return {}
    documents = get_document_model().objects.order_by("pk").iterator()
    return {join_url(site.root_url, document.url): document.file.name for document in documents}


def _of_file(address: str, name: str) -> Iterator[str]:
    """Yield the addresses at which the file `name` would be served if the upload folders were public."""
    media = join_url(address, settings.MEDIA_URL)
    for way in ("", "images/..%2f", "images/%2e%2e%2f", "images/..%5c", "images/x/..%2f..%2f"):
        yield f"{media}{way}{PurePosixPath(name)}"

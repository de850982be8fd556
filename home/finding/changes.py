"""Tells the engine of visitors' search, whichever it is, what has changed."""

from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from home.models import Region, RegionHomePage
from home.search import BACKEND

from .indexing import homes_of, index_source
from .sources import SOURCES, SearchSource, source_named


def find_page(page: Page) -> None:
    """Have `page` be found as it is, where it is live, and not at all where it is not.

    With a region's home page comes what the region's pages bring along.
    """
    if not page.live:
        forget_page(page)
        return
    specific = page.specific
    get_search_backend(BACKEND).add(specific)
    if isinstance(specific, RegionHomePage):
        for source in SOURCES:
            index_source(source, [specific])


def forget_page(page: Page) -> None:
    """Have `page` be found no more."""
    get_search_backend(BACKEND).delete(page)


def find_source(source: SearchSource, region: Region) -> None:
    """Have the texts of `source` in `region` be found as they are."""
    index_source(source, homes_of(region))


def find_contact(region: Region) -> None:
    """Have the contact of `region` be found as it is."""
    if contact := source_named("contact"):
        find_source(contact, region)

"""Search within one region's pages."""

from django.core.paginator import Page as Results
from django.core.paginator import Paginator
from wagtail.models import Page

from .search_backend import terms
from .visibility import private, withheld

RESULTS_PER_PAGE = 10


def search(home: Page, query: str, number: str | None) -> Results | None:
    """Return result page `number` for `query` below `home`, or None where it has no words."""
    if not terms(query):
        return None
    live = Page.objects.live().descendant_of(home)
    hidden = {pk for pages in (withheld(live), private(live)) for pk in pages.values_list("pk", flat=True)}
    found = live.exclude(pk__in=hidden).search(query)
    return Paginator(found, RESULTS_PER_PAGE).get_page(number)

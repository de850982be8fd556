"""Search within one region's pages."""

from django.core.paginator import Page as Results
from django.core.paginator import Paginator
from wagtail.models import Page

from .search_backend import terms
from .visibility import withheld

RESULTS_PER_PAGE = 10


def search(home: Page, query: str, number: str | None) -> Results | None:
    """Return result page `number` for `query` below `home`, or None where it has no words."""
    if not terms(query):
        return None
    live = Page.objects.live().descendant_of(home)
    found = live.exclude(pk__in=[*withheld(live).values_list("pk", flat=True)]).search(query)
    return Paginator(found, RESULTS_PER_PAGE).get_page(number)

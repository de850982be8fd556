"""Search within one region's pages."""

import re

from django.core.paginator import Page as Results
from django.core.paginator import Paginator
from wagtail.models import Page

RESULTS_PER_PAGE = 10
MAX_QUERY_LENGTH = 200  # characters


def search(home: Page, query: str, number: str | None) -> Results | None:
    """Return result page `number` for `query` below `home`, or None where it has no words."""
    # Words only: the databases' own query languages have quotes and operators that can be wrong.
    words = re.findall(r"\w+", query[:MAX_QUERY_LENGTH])
    if not words:
        return None
    found = Page.objects.live().descendant_of(home).search(" ".join(words))
    return Paginator(found, RESULTS_PER_PAGE).get_page(number)

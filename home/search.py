"""Search within one region's pages."""

import re

from django.core.paginator import Page as Results
from django.core.paginator import Paginator
from wagtail.models import Page

RESULTS_ON_A_PAGE = 10
LONGEST_QUERY = 200  # characters


def search(home: Page, query: str, number: str | None) -> Results | None:
    """Return result page `number` for `query` below `home`, or None where it has no words."""
    # Words only: the databases' own query languages have quotes and operators that can be wrong.
    words = re.findall(r"\w+", query[:LONGEST_QUERY])
    if not words:
        return None
    found = Page.objects.live().descendant_of(home).search(" ".join(words))
    return Paginator(found, RESULTS_ON_A_PAGE).get_page(number)

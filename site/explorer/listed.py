"""Which pages a list shows, for what is done to all of them at once."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from .filters import RegionalPageFilterSet
from .found_pages import FoundPages


def listed_keys(request: HttpRequest, parent: Any) -> list[int]:
    """Return the keys of the pages that the explorer lists below the page with the key `parent`.

    As `request` narrows the list by a search or by filters; of those only that its person may explore.
    """
    query = request.GET.get("q", "")
    filters = RegionalPageFilterSet(request.GET, request=request)
    is_filtering = filters.is_valid() and filters.form.has_changed()
    is_whole = parent is None or "search_all" in request.GET
    head = Page.get_first_root_node() if is_whole else get_object_or_404(Page, pk=parent)
    found = Page.objects.descendant_of(head) if query or is_filtering else Page.objects.child_of(head)
    own = page_permission_policy.explorable_instances(request.user).order_by().values("pk")
    pages = found.filter(pk__in=own)
    pages = filters.filter_queryset(pages) if is_filtering else pages
    return FoundPages(pages, query).keys if query else [*pages.values_list("pk", flat=True)]

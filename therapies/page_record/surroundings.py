"""Puts on record what all pages of a region show of it around their own content: header, menu and footer."""

from django.db.models import Q
from wagtail.models import Page

from home.models import RegionHomePage, RegionSelectorPage
from home.ownership import owned_by
from therapies.models.publication_record import Why

from .pages import settle


def settle_region(region: int) -> None:
    """Put on record what the live pages of the region numbered so show, and the selectors, which list it."""
    theirs = owned_by(RegionHomePage.objects.filter(region=region).values_list("path", flat=True))
    selectors = Q(pk__in=RegionSelectorPage.objects.values("pk"))
    for number in Page.objects.live().filter(theirs | selectors).values_list("pk", flat=True):
        settle(number, Why.CHANGED, thoroughly=True)

"""The one page type of the made-up site."""

from wagtail.models import Page


class RegionPage(Page):
    """The start of a region."""

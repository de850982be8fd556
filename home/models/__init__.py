"""The app's models: a region, and the pages that make up its site."""

from .pages import RegionHomePage, RegionSelectorPage, StandardPage
from .region import Region

__all__ = ["Region", "RegionHomePage", "RegionSelectorPage", "StandardPage"]

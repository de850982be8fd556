"""The app's models: a region, and the pages that make up its site."""

from .pages import RegionHomePage, RegionSelectorPage, StandardPage
from .region import Region
from .search_index import SearchDocument, SearchKey, SearchPosting
from .synonyms import SynonymGroup
from .whole_names import WholeName

__all__ = [
    "Region",
    "RegionHomePage",
    "RegionSelectorPage",
    "SearchDocument",
    "SearchKey",
    "SearchPosting",
    "StandardPage",
    "SynonymGroup",
    "WholeName",
]

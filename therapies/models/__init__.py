"""The app's models: topics, references and the pages that treat them."""

from .pages import EvidencePage, PageReference, ProductPage, TherapyIndexPage, TherapyPage
from .reference import Reference
from .topic import Topic

__all__ = [
    "EvidencePage",
    "PageReference",
    "ProductPage",
    "Reference",
    "TherapyIndexPage",
    "TherapyPage",
    "Topic",
]

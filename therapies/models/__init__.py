"""The app's models: topics, references and the pages that treat them."""

from .pages import EvidencePage, ProductPage, TherapyIndexPage, TherapyPage
from .reference import Reference
from .topic import Topic

__all__ = [
    "EvidencePage",
    "ProductPage",
    "Reference",
    "TherapyIndexPage",
    "TherapyPage",
    "Topic",
]

"""The app's models: products, their labels, topics, references and the pages that treat them."""

from .label import Label
from .mention import Mention
from .pages import EvidencePage, PageReference, ProductPage, TherapyIndexPage, TherapyPage
from .product import Product
from .reference import Reference
from .topic import Topic

__all__ = [
    "EvidencePage",
    "Label",
    "Mention",
    "PageReference",
    "Product",
    "ProductPage",
    "Reference",
    "TherapyIndexPage",
    "TherapyPage",
    "Topic",
]

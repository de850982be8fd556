"""The app's models: products, their labels, topics, references and the pages that treat them."""

from .adaptation import Adaptation
from .label import Label
from .mention import Mention
from .pages import EvidencePage, PageReference, ProductPage, TherapyIndexPage, TherapyPage
from .product import Product
from .reference import Reference
from .review import LabelReview
from .topic import Topic

__all__ = [
    "Adaptation",
    "EvidencePage",
    "Label",
    "LabelReview",
    "Mention",
    "PageReference",
    "Product",
    "ProductPage",
    "Reference",
    "TherapyIndexPage",
    "TherapyPage",
    "Topic",
]

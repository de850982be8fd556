"""The app's models: products, their labels, topics, references and the pages that treat them."""

from .adaptation import Adaptation
from .anchor import Anchor
from .catch_up import CatchUp, SourceChange
from .document_text import DocumentText
from .ending_choice import EndingChoice
from .label import Label
from .label_end import LabelEnd
from .label_text import LabelText
from .label_version import LabelVersion
from .mention import Mention
from .outside_link import OutsideLink
from .pages import EvidencePage, ProductPage, TherapyIndexPage, TherapyPage
from .product import Product
from .publication_record import Publication
from .recorded_file import RecordedFile
from .reference import Reference
from .statement import Statement, StatementPlace
from .statement_text import StatementText
from .statement_version import StatementVersion
from .topic import Topic

__all__ = [
    "Adaptation",
    "Anchor",
    "CatchUp",
    "DocumentText",
    "EndingChoice",
    "EvidencePage",
    "Label",
    "LabelEnd",
    "LabelText",
    "LabelVersion",
    "Mention",
    "OutsideLink",
    "Product",
    "ProductPage",
    "Publication",
    "RecordedFile",
    "Reference",
    "SourceChange",
    "Statement",
    "StatementPlace",
    "StatementText",
    "StatementVersion",
    "TherapyIndexPage",
    "TherapyPage",
    "Topic",
]

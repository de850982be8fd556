"""The body of a page: the one list of its blocks. The style guide shows each."""

from .figures import DrawingBlock, FigureBlock, VideoBlock
from .glossary import GlossaryBlock
from .passages import (
    CalloutBlock,
    DoctorQuestionsBlock,
    FactsBlock,
    QuestionsBlock,
    QuoteBlock,
    SectionBlock,
    StepsBlock,
    TwoColumnsBlock,
)
from .tables import TableBlock
from .thread_safety import ThreadSafeStreamBlock
from .ways_on import CallToActionBlock, CardsBlock, ContactBlock, DownloadsBlock, NeedsBlock


class BodyBlock(ThreadSafeStreamBlock):
    """The body of a page: its blocks, in any order."""

    section = SectionBlock()
    facts = FactsBlock()
    figure = FigureBlock()
    drawing = DrawingBlock()
    callout = CalloutBlock()
    table = TableBlock()
    quote = QuoteBlock()
    questions = QuestionsBlock()
    doctor_questions = DoctorQuestionsBlock()
    steps = StepsBlock()
    two_columns = TwoColumnsBlock()
    needs = NeedsBlock()
    cards = CardsBlock()
    call_to_action = CallToActionBlock()
    video = VideoBlock()
    downloads = DownloadsBlock()
    contact = ContactBlock()
    glossary = GlossaryBlock()

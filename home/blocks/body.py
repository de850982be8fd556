"""The body of a page: the one list of its blocks. The style guide shows each."""

from wagtail.blocks import StreamBlock

from .figures import FigureBlock, VideoBlock
from .passages import CalloutBlock, QuestionsBlock, QuoteBlock, SectionBlock, StepsBlock, TwoColumnsBlock
from .tables import TableBlock
from .ways_on import CallToActionBlock, CardsBlock, ContactBlock, DownloadsBlock


class BodyBlock(StreamBlock):
    """The body of a page: its blocks, in any order."""

    section = SectionBlock()
    figure = FigureBlock()
    callout = CalloutBlock()
    table = TableBlock()
    quote = QuoteBlock()
    questions = QuestionsBlock()
    steps = StepsBlock()
    two_columns = TwoColumnsBlock()
    cards = CardsBlock()
    call_to_action = CallToActionBlock()
    video = VideoBlock()
    downloads = DownloadsBlock()
    contact = ContactBlock()

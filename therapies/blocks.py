"""What the body of a treatment page is made of: home's blocks, with citations in their texts."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import RichTextBlock

from home.blocks import CALLOUT_FEATURES, TEXT_FEATURES, BodyBlock, CalloutBlock, SectionBlock

CITING = "reference"
CITING_FEATURES = [*TEXT_FEATURES, CITING]


class CitingSectionBlock(SectionBlock):
    """A headed passage whose statements cite references."""

    text = RichTextBlock(label=_("Text"), features=CITING_FEATURES)


class CitingCalloutBlock(CalloutBlock):
    """A short passage set apart, whose statements cite references."""

    text = RichTextBlock(label=_("Text"), features=[*CALLOUT_FEATURES, CITING])


class CitingBodyBlock(BodyBlock):
    """The body of a treatment page."""

    section = CitingSectionBlock()
    callout = CitingCalloutBlock()

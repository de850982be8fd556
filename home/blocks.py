"""What the body of a page is made of."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StreamBlock, StructBlock, StructValue
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import AbstractImage, Filter, ResponsiveImage, SourceImageIOError

TEXT_FEATURES = [
    "h3",
    "bold",
    "italic",
    "superscript",
    "subscript",
    "ol",
    "ul",
    "link",
    "document-link",
]
PICTURE, SIZES = "width-{480,960,1440}|format-webp", "(min-width: 48rem) 42rem, 100vw"
CALLOUT_FEATURES = ["bold", "italic", "link", "document-link"]


class SectionValue(StructValue):
    """A section, with the anchor that a list of contents leads to."""

    @cached_property
    def anchor(self) -> str:
        """Return the heading as a fragment identifier."""
        return slugify(self["heading"], allow_unicode=True)


class SectionBlock(StructBlock):
    """A headed passage."""

    heading = CharBlock(label=_("Heading"), max_length=150)
    text = RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        icon = "title"
        label = _("Section")
        template = "home/blocks/section_block.html"
        value_class = SectionValue


def _picture(image: AbstractImage | None) -> ResponsiveImage | None:
    """Return the picture in its widths; None where it has been deleted or its file is gone."""
    if image is None:
        return None
    filters = [Filter(spec=spec) for spec in Filter.expand_spec(PICTURE)]
    try:
        return ResponsiveImage(image.get_renditions(*filters), {"sizes": SIZES, "loading": "lazy"})
    except SourceImageIOError:
        return None


class FigureBlock(StructBlock):
    """A picture that informs, with its caption."""

    image = ImageBlock(label=_("Image"), required=True)
    caption = CharBlock(label=_("Caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Figure")
        template = "home/blocks/figure_block.html"

    def get_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        """Add the picture; where it is gone, visitors read no caption of nothing."""
        return {**super().get_context(value, parent_context), "picture": _picture(value.get("image"))}


class CalloutBlock(StructBlock):
    """A short passage set apart from the text around it."""

    heading = CharBlock(label=_("Heading"), required=False, max_length=150)
    text = RichTextBlock(label=_("Text"), features=CALLOUT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        template = "home/blocks/callout_block.html"


class BodyBlock(StreamBlock):
    """The body of a page: sections, figures and call-outs in any order."""

    section = SectionBlock()
    figure = FigureBlock()
    callout = CalloutBlock()

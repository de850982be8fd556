"""What the body of a treatment page is made of: home's blocks, with citations in their texts."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BaseStreamBlock, BaseStructBlock, Block, CharBlock, ListBlock, RichTextBlock
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from home.blocks.body import BodyBlock
from home.blocks.features import TEXT_FEATURES
from home.blocks.passages import MAX_HEADING
from home.blocks.previewed import HeadedValue, PreviewedStructBlock

CITING = "reference"
CITING_FEATURES = [*TEXT_FEATURES, CITING]


def citing(block: Any) -> Any:
    """Return `block` with citations in each of its rich texts; what holds none stays itself."""
    match block:
        case RichTextBlock():
            args, options = block._constructor_args
            return type(block)(*args, **{**options, "features": [*block.features, CITING]})
        case BaseStreamBlock() | BaseStructBlock() | BaseTypedTableBlock():
            return type(block)(citing_each(block.child_blocks), **block._constructor_kwargs)
        case ListBlock():
            _args, options = block._constructor_args
            return type(block)(citing(block.child_block), **options)
    return block


def citing_each(blocks: Mapping[str, Block]) -> list[tuple[str, Any]]:
    """Return such blocks by their names, as blocks that hold others take them."""
    return [(name, citing(block)) for name, block in blocks.items()]


class ReferenceListValue(HeadedValue):
    """References, by their kinds."""

    @property
    def kinds(self) -> list[tuple[str, list[Any]]]:
        """Return the references of each kind under its name, in the kinds' order, without what is gone."""
        references = [reference for reference in self["references"] if reference]
        choices = references[0]._meta.get_field("kind").choices if references else ()
        of_each = ((name, [one for one in references if one.kind == kind]) for kind, name in choices)
        return [(str(name), many) for name, many in of_each if many]


class ReferenceListBlock(PreviewedStructBlock):
    """Sources to read on, listed by their kind."""

    heading = CharBlock(label=_("Heading"), max_length=MAX_HEADING)
    references = ListBlock(
        SnippetChooserBlock("therapies.Reference", label=_("Reference")), label=_("References"), min_num=1
    )

    class Meta:
        icon = "list-ul"
        label = _("Reference list")
        template = "therapies/blocks/reference_list_block.html"
        value_class = ReferenceListValue
        preview_template = "therapies/blocks/reference_list_preview.html"
        description = _("Sources to read on, listed by their kind.")
        rules = [
            _("What a statement rests on is cited in its text; the page lists that at its foot by itself.")
        ]
        preview_value = {"heading": _("To read on"), "references": []}


class CitingBodyBlock(BodyBlock):
    """The body of a treatment page: all blocks of a page, citing, and lists of references."""

    reference_list = ReferenceListBlock()

    def __init__(self, local_blocks: Any = None, **options: Any) -> None:
        """Have every rich text cite; `local_blocks` are added as they are, as migrations bring them."""
        super().__init__([*citing_each(self.base_blocks), *(local_blocks or ())], **options)

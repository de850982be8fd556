"""What the editor's scripts are told of a body's blocks: worked out once for each language.

It takes a third of the time in which a page's editor is made, and rests on the code, the settings and the
language alone.
"""

import re
from typing import Any, NamedTuple
from uuid import uuid4

from django.utils.translation import get_language
from wagtail.admin.forms.models import register_form_field_override
from wagtail.blocks import Block
from wagtail.blocks.base import BlockWidget
from wagtail.fields import StreamField

# What an item has that a list begins with: each such item is another.
ITEM_ID = re.compile(r'(?<="id": ")[0-9a-f-]{36}(?=")')


class Description(NamedTuple):
    """What the scripts are told of a block; it keeps the block, so that no other has its identity."""

    block: Block
    js_context: Any
    json: str


_described: dict[tuple[int, str | None], Description] = {}


class RememberingBlockWidget(BlockWidget):
    """Wagtail's widget of a body, whose blocks are described as they were the first time."""

    @property
    def js_context(self) -> Any:
        """Return the scripts and styles that the blocks need."""
        return _description_of(self.block_def).js_context

    @property
    def block_json(self) -> str:
        """Return the blocks' descriptions, with items of their own."""
        return ITEM_ID.sub(lambda _: str(uuid4()), _description_of(self.block_def).json)


def _description_of(block: Block) -> Description:
    """Return the description in the active language, which other threads see once it is whole."""
    key = id(block), get_language()
    if key not in _described:
        widget = BlockWidget(block)
        _described[key] = Description(block, widget.js_context, widget.block_json)
    return _described[key]


def remember_blocks() -> None:
    """Have the admin's forms use that widget for every body of a model."""
    register_form_field_override(StreamField, override=_widget_for)


def _widget_for(field: StreamField) -> dict[str, Any]:
    return {"widget": RememberingBlockWidget(field.stream_block)}

"""A block that editors can look at before they use it: what it is for, how it looks, which rules it has."""

from typing import Any

from django.utils.functional import Promise, cached_property
from django.utils.text import format_lazy, slugify
from wagtail.blocks import Block, StructBlock, StructValue


def paragraph(words: Any) -> Any:
    """Return `words`, which may wait for their translation, as the source of a rich text."""
    return format_lazy("<p>{}</p>", words)


class PreviewedBlock(Block):
    """A block whose `Meta` has a `description`, `rules` (a list of sentences) and a `preview_value`.

    The preview is in the language of whoever looks at it.
    """

    class Meta:
        description = ""
        rules: list[Any] = []

    def get_preview_value(self) -> Any:
        """Return what the preview shows."""
        return self.normalize(_said(self.meta.preview_value))


def _said(value: Any) -> Any:
    """Return `value` with all in it that waits for its translation translated."""
    match value:
        case Promise():
            return str(value)
        case list():
            return [_said(item) for item in value]
        case dict():
            return {key: _said(item) for key, item in value.items()}
    return value


class HeadedValue(StructValue):
    """Something under a heading, with the anchor that a list of contents leads to."""

    @cached_property
    def anchor(self) -> str:
        """Return the heading as a fragment identifier, blank without one."""
        return slugify(self.get("heading") or "", allow_unicode=True)


class PreviewedStructBlock(PreviewedBlock, StructBlock):
    """The same, of several fields."""

    class Meta:
        value_class = HeadedValue

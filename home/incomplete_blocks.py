"""What is missing or wrong in a page's blocks: a draft may be so, what is sent for review may not."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from wagtail.blocks import StreamBlockValidationError
from wagtail.fields import StreamField
from wagtail.models import Page


class IncompleteBlock(NamedTuple):
    """A block that cannot be sent as it is: where it stands, and what its editor will be told."""

    place: str
    why: str


def incomplete_blocks(page: Page) -> list[IncompleteBlock]:
    """Return what each block of `page` lacks, in their order."""
    fields = (field for field in page._meta.concrete_fields if isinstance(field, StreamField))
    return [found for field in fields for found in _in_field(page, field)]


def _in_field(page: Page, field: StreamField) -> Iterator[IncompleteBlock]:
    value, name = getattr(page, field.name), capfirst(field.verbose_name)
    try:
        field.stream_block.clean(value)
    except StreamBlockValidationError as error:
        for place, fault in error.block_errors.items():
            block = value[place].block
            for why in dict.fromkeys(_messages(fault, block)):
                yield IncompleteBlock(f"{name} {place + 1}: {block.label}", why)
        for why in error.non_block_errors:
            yield IncompleteBlock(name, str(why))


def _messages(error: ValidationError, block: Any) -> Iterator[str]:
    """Give what `error` says of `block`, each with the label of the field within it that it is about."""
    inner = {**_cells(error), **(getattr(error, "block_errors", None) or {})}
    for name, fault in inner.items():
        part = getattr(block, "child_blocks", {}).get(name)
        for message in _messages(fault, part or getattr(block, "child_block", None)):
            yield f"{part.label}: {message}" if part and part.label else message
    own = getattr(error, "non_block_errors", None)
    yield from map(str, error.messages if own is None and not inner else own or ())


def _cells(error: ValidationError) -> dict[Any, ValidationError]:
    """Return what is wrong in the cells of a table, by their rows and columns."""
    rows = getattr(error, "cell_errors", None) or {}
    return {(row, column): fault for row, faults in rows.items() for column, fault in faults.items()}

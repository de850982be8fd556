"""Form fields for addresses, in place of every URL field and URL block of the admin's forms."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.blocks import Block, URLBlock
from wagtail.compat import URLField as WagtailURLField
from wagtail.fields import StreamField

from region_gate.authoring.editing_context import from_nowhere
from region_gate.authoring.messages import advise
from region_gate.authoring.url_input import RefusedAddressError, read_web_address
from region_gate.links.destinations import MAX_URL_LENGTH, Viewpoint


class AddressValidator(URLValidator):
    """Django's validator, for addresses as long as the gate lets through."""

    max_length = MAX_URL_LENGTH


class AddressField(WagtailURLField):
    """A field that corrects a typed web address and refuses one that the gate would block."""

    default_validators = [AddressValidator()]
    viewpoint: Viewpoint | None = None

    def to_python(self, value: Any) -> str:
        """Return the address in the standard's spelling. Raises ValidationError saying what to type."""
        text = str(value or "")
        if not text.strip():
            return str(self.empty_value)
        try:
            return self.read(text, self.viewpoint or from_nowhere())
        except RefusedAddressError as refused:
            raise ValidationError(advise(refused), code="refused") from refused

    def read(self, text: str, viewpoint: Viewpoint) -> str:
        """Return what `text` stands for. Raises RefusedAddressError."""
        return read_web_address(text, viewpoint)


def watch_fields() -> None:
    """Make the admin use an AddressField for every URL field of a model."""
    override = {"form_class": AddressField, "assume_scheme": "https"}
    register_form_field_override(models.URLField, override=override)


def watch_blocks() -> None:
    """Make every URL block of a model use an AddressField."""
    for block in _url_blocks():
        field = block.field
        if not isinstance(field, AddressField):
            block.field = AddressField(
                required=field.required,
                help_text=field.help_text,
                max_length=field.max_length,
                min_length=field.min_length,
                validators=[one for one in field.validators if type(one) is not URLValidator],
            )


def _url_blocks() -> Iterator[URLBlock]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                yield from (block for block in _and_below(field.stream_block) if isinstance(block, URLBlock))


def _and_below(block: Block) -> Iterator[Block]:
    yield block
    children = [*getattr(block, "child_blocks", {}).values(), getattr(block, "child_block", None)]
    for child in filter(None, children):
        yield from _and_below(child)

"""Validates the blocks of a field one request at a time.

Whether a draft is validated, which may leave out what is required, Wagtail keeps on the blocks themselves.
The threads of a server share these: without a lock a draft would be refused, and a submission let through,
by what another thread has just begun or ended.
"""

from threading import RLock
from typing import Any

from wagtail.blocks import StreamBlock

_validation = RLock()  # one for all fields, for these share the blocks within their blocks


class ThreadSafeStreamBlock(StreamBlock):
    """The blocks of a field, all of them validated as a draft, or none."""

    def clean(self, value: Any) -> Any:
        """Validate `value`, as a draft where that is called for. Raises ValidationError."""
        with _validation:
            return super().clean(value)

    def clean_deferred(self, value: Any) -> Any:
        """Validate `value` as a draft. Raises ValidationError."""
        with _validation:
            return super().clean_deferred(value)

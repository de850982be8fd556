"""What is refused because it would break what is published."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst
from django.utils.translation import ngettext
from wagtail.models import Page

MAX_NAMED_PAGES = 5  # pages in one message


class RefusedError(ValidationError):
    """A change that must not happen; its messages say why, and what would help."""

    @property
    def message_dict(self) -> dict[str, list[str]]:
        """Return the messages in the form that the admin's API expects, as if they were a field's."""
        return {NON_FIELD_ERRORS: self.messages}


def named(things: Iterable[Any]) -> str:
    """Return the first few things as text: pages with their addresses, others with their kind."""
    everything = [*things]
    names = "; ".join(map(_name, everything[:MAX_NAMED_PAGES]))
    if not (more := len(everything) - MAX_NAMED_PAGES) > 0:
        return names
    rest = ngettext("and %(number)s more page", "and %(number)s more pages", more) % {"number": more}
    return f"{names}; {rest}"


def _name(thing: Any) -> str:
    if isinstance(thing, Page):
        return f"“{thing.get_admin_display_title()}” ({thing.url_path})"
    return f"{capfirst(thing._meta.verbose_name)} “{thing}”"

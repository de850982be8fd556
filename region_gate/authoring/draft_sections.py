"""What the apps say of a draft, beside its editor and on the reviewer's screen.

An app adds a section with Wagtail's hooks: `hooks.register(DRAFT_SECTIONS, …)` takes a subclass of
`Section`, or a function that returns one.
"""

from collections.abc import Callable

from wagtail import hooks
from wagtail.admin.ui.components import Component

from region_gate.authoring.draft_links import Draft

DRAFT_SECTIONS = "register_draft_section"


class Section(Component):
    """What an app says of a draft; a subclass names its template."""

    def __init__(self, draft: Draft) -> None:
        """Take the draft."""
        self.draft = draft

    @property
    def count(self) -> int:
        """Return how many things in it need mending."""
        return 0


def sections_of(draft: Draft) -> list[Section]:
    """Return the sections about `draft`, in the order of their hooks."""
    registered: list[Callable[[Draft], Section]] = hooks.get_hooks(DRAFT_SECTIONS)
    return [section_of(draft) for section_of in registered]

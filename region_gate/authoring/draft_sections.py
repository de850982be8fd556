"""What the apps say of a draft, beside its editor and on the reviewer's screen.

An app adds a section with Wagtail's hooks: `hooks.register(DRAFT_SECTIONS, …)` takes a subclass of
`Section`, or a function that returns one. One that adds to the editor's form registers for
`DRAFT_INPUTS` a function of the page that returns what it has set there, by its names: the form
holds that until the section is there.
"""

from collections.abc import Callable

from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from region_gate.authoring.draft_links import Draft

DRAFT_SECTIONS, DRAFT_INPUTS = "register_draft_section", "register_draft_inputs"


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


def inputs_of(page: Page) -> dict[str, str]:
    """Return what the sections about the latest draft of `page` have set in its editor's form."""
    registered: list[Callable[[Page], dict[str, str]]] = hooks.get_hooks(DRAFT_INPUTS)
    return {name: value for set_of in registered for name, value in set_of(page).items()}

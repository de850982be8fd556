"""Where the site as a whole meets Wagtail."""

from wagtail import hooks

from region_gate.authoring.drafts import Draft
from region_gate.authoring.panel import DRAFT_SECTIONS
from therapies.authoring import MissingSection
from therapies.page_record.notices import HOOK

from . import attention  # noqa: F401 - registers what the gate calls attention to
from .dead_addresses import dead_links
from .page_record import notices_on_record

hooks.register(HOOK, notices_on_record)


@hooks.register(DRAFT_SECTIONS)
def missing_among_the_findings(draft: Draft) -> MissingSection:
    """Tell what visitors would look for in vain."""
    return MissingSection(draft, dead_links(draft))

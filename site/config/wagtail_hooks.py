"""Where the site as a whole meets Wagtail."""

from wagtail import hooks

from region_gate.authoring.draft_links import Draft
from region_gate.authoring.draft_sections import DRAFT_SECTIONS
from therapies.editing.sections import MissingSection
from therapies.page_record.notices import NOTICES_HOOK

from . import alerts, job_alerts  # noqa: F401 - registers what they call attention to
from .dead_links import dead_links
from .page_record import notices_on_record

hooks.register(NOTICES_HOOK, notices_on_record)


@hooks.register(DRAFT_SECTIONS)
def missing_among_the_findings(draft: Draft) -> MissingSection:
    """Tell what visitors would look for in vain."""
    return MissingSection(draft, dead_links(draft))

"""The ways out of what was served, judged as if the gate had not been there."""

from collections.abc import Iterator

from django.utils import translation

from region_gate import conf
from region_gate.auditing.pdf_links import UnreadablePdfError, pdf_links
from region_gate.html.rewriting import Gate
from region_gate.html.survey import LinkOutcome, SurveyedLink, survey
from region_gate.internal_client import Visit
from region_gate.links.destinations import Viewpoint


def served_links(seen: Visit, viewpoint: Viewpoint) -> Iterator[SurveyedLink]:
    """Give each way out of what was served; a gate address among them has passed."""
    if seen.is_page:
        gate = Gate(viewpoint, gate_path(seen), conf.keys(), media_hosts=conf.media_hosts())
        yield from survey(seen.html, gate)
    elif seen.content_type == "application/pdf":
        yield from _in_pdf(seen, viewpoint)
    if seen.location:
        yield _link("redirect", seen.location, viewpoint)


def gate_path(seen: Visit) -> str:
    """Return the path of the notice page in the visit's language."""
    return conf.notice_path(seen.language or translation.get_language())


def _in_pdf(seen: Visit, viewpoint: Viewpoint) -> Iterator[SurveyedLink]:
    try:
        yield from (_link("pdf", href, viewpoint) for href in pdf_links(seen.content))
    except UnreadablePdfError as error:
        yield SurveyedLink("pdf", "", str(error), "", viewpoint.classify("unreadable:"), LinkOutcome.BLOCKED)


def _link(element: str, href: str, viewpoint: Viewpoint) -> SurveyedLink:
    destination = viewpoint.classify(href)
    is_stopped = destination.is_crossing or destination.is_blocked
    outcome = LinkOutcome.BLOCKED if is_stopped else LinkOutcome.PASSED
    return SurveyedLink(element, "", href, "", destination, outcome)

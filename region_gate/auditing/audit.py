"""Checks what visitors get: every way out of every page, and the notice that stands there.

The pages are read again as they were served, so that what should have been gated and was not is
found whatever let it through.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from urllib.parse import urlsplit

from ada_url import join_url
from django.utils import translation
from selectolax.lexbor import LexborHTMLParser

from region_gate import conf, snapshot
from region_gate.auditing.pdf_links import UnreadablePdfError, pdf_links
from region_gate.html.rewriting import Gate
from region_gate.html.survey import LinkOutcome, SurveyedLink, survey
from region_gate.internal_client import Visit
from region_gate.links import signing
from region_gate.links.destinations import Destination, Viewpoint
from region_gate.links.signing import InvalidSignatureError, Salt, Signed, SignedCrossing
from region_gate.models import NoticeVersion


class AuditFault(StrEnum):
    """What can be wrong with a way out, or with a page."""

    UNGATED = "ungated"
    WRONGLY_GATED = "wrongly gated"
    BLOCKED = "blocked"
    WRONG_WORDS = "wrong words"
    BROKEN = "broken"
    OTHER_SPELLING = "another spelling"


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong on the page at `page`: in which element, with which address, and why."""

    fault: AuditFault
    page: str
    element: str = ""
    address: str = ""
    detail: str = ""


@dataclass(slots=True)
class Audit:
    """What an audit has found: how many pages and notices it saw, ways out by kind, and the flaws."""

    pages: int = 0
    notices: int = 0
    totals: Counter[str] = field(default_factory=Counter)
    flaws: list[Flaw] = field(default_factory=list)


Visitor = Callable[[str], Visit]


def audit(
    addresses: Iterable[str], visit: Visitor, unreachable: Mapping[str, Iterable[str]] | None = None
) -> Audit:
    """Visit `addresses` (absolute), and each distinct notice that stands on the ways out of them.

    `unreachable` are addresses that may serve nothing of their own, by the one that they might stand for.
    """
    found, notices = Audit(), dict[str, str]()
    for address in addresses:
        seen = visit(address)
        found.pages += 1
        found.totals.update(finding.destination.kind.value for finding in seen.findings)
        found.flaws += _flaws(seen)
        for notice in _notices(seen):
            notices.setdefault(notice, address)
    for notice, page in notices.items():
        found.notices += 1
        found.flaws += _notice_flaws(visit(notice), page)
    for address, others in (unreachable or {}).items():
        found.flaws += _served_otherwise(address, others, visit)
    return found


def _served_otherwise(address: str, others: Iterable[str], visit: Visitor) -> Iterator[Flaw]:
    """Yield those of `others` that serve something instead of leading to `address` or being refused."""
    for other in others:
        seen = visit(other)
        led = join_url(other, seen.location) if seen.location else ""
        if led and led != address:
            seen = visit(led)
        if led != address and seen.status < HTTPStatus.BAD_REQUEST:
            yield Flaw(AuditFault.OTHER_SPELLING, address, "document", other, f"HTTP {seen.status}")


def _flaws(seen: Visit) -> Iterator[Flaw]:
    if seen.failed:
        yield Flaw(AuditFault.BROKEN, seen.url, detail=f"HTTP {seen.status}")
        return
    viewpoint = snapshot.viewpoint(seen.url)
    yield from _blocked(seen)
    yield from _ungated(seen, viewpoint)
    for address in _gate_addresses(seen):
        yield from _wrongly_gated(address, seen, viewpoint)


def _blocked(seen: Visit) -> Iterator[Flaw]:
    """Yield the links that the gate removed: they harm nobody, but somebody meant to link there."""
    for found in seen.findings:
        if found.outcome is LinkOutcome.BLOCKED:
            yield _flaw(AuditFault.BLOCKED, seen, found)


def _ungated(seen: Visit, viewpoint: Viewpoint) -> Iterator[Flaw]:
    for found in _served(seen, viewpoint):
        if found.outcome is not LinkOutcome.PASSED:
            yield _flaw(AuditFault.UNGATED, seen, found)


def _served(seen: Visit, viewpoint: Viewpoint) -> Iterator[SurveyedLink]:
    """Yield the links in what was served, judged as if the gate had not seen them yet."""
    if seen.is_page:
        yield from survey(seen.html, Gate(viewpoint, _gate_path(seen), conf.keys()))
    elif seen.content_type == "application/pdf":
        yield from _in_pdf(seen, viewpoint)
    if seen.location:
        yield _finding("redirect", seen.location, viewpoint)


def _in_pdf(seen: Visit, viewpoint: Viewpoint) -> Iterator[SurveyedLink]:
    try:
        yield from (_finding("pdf", href, viewpoint) for href in pdf_links(seen.content))
    except UnreadablePdfError as error:
        yield SurveyedLink("pdf", "", str(error), "", viewpoint.classify("unreadable:"), LinkOutcome.BLOCKED)


def _finding(element: str, href: str, viewpoint: Viewpoint) -> SurveyedLink:
    destination = viewpoint.classify(href)
    is_stopped = destination.is_crossing or destination.is_blocked
    outcome = LinkOutcome.BLOCKED if is_stopped else LinkOutcome.PASSED
    return SurveyedLink(element, "", href, "", destination, outcome)


def _wrongly_gated(address: str, seen: Visit, viewpoint: Viewpoint) -> Iterator[Flaw]:
    try:
        crossing, salt, _loan = _signed(address)
    except InvalidSignatureError as error:
        yield Flaw(AuditFault.WRONGLY_GATED, seen.url, address=address, detail=str(error))
        return
    if salt is not Salt.LIVE:
        yield Flaw(AuditFault.WRONGLY_GATED, seen.url, address=address, detail="signed as a draft is")
    if crossing.origin != viewpoint.region or not viewpoint.classify(crossing.to).is_crossing:
        yield Flaw(
            AuditFault.WRONGLY_GATED, seen.url, address=crossing.to, detail=f"from {crossing.origin!r}"
        )


def _notices(seen: Visit) -> Iterator[str]:
    for address in _gate_addresses(seen):
        yield join_url(seen.url, address)


def _gate_addresses(seen: Visit) -> Iterator[str]:
    start = f"{_gate_path(seen)}?"
    if seen.location.startswith(start):
        yield seen.location
    if seen.is_page:
        for link in LexborHTMLParser(seen.html).css("[data-crossing]"):
            for name in ("href", "xlink:href"):
                if (href := link.attributes.get(name) or "").startswith(start):
                    yield href


def _notice_flaws(seen: Visit, page: str) -> Iterator[Flaw]:
    crossing = _signed(seen.url).crossing
    if seen.status != HTTPStatus.OK:
        yield Flaw(AuditFault.WRONG_WORDS, page, "notice", crossing.to, f"HTTP {seen.status}")
        return
    destination = snapshot.viewpoint(seen.url, crossing.origin).classify(crossing.to)
    if _words(seen, destination) != _approved_words(crossing, destination, seen.language):
        yield Flaw(AuditFault.WRONG_WORDS, page, "notice", crossing.to, destination.kind.value)
    if not any(link.attributes.get("href") == crossing.to for link in _tree(seen).css("main a")):
        yield Flaw(AuditFault.BROKEN, page, "notice", crossing.to, "Continue does not lead there")


def _words(seen: Visit, destination: Destination) -> str:
    """Return the words that stand on a notice page, in the form of the approved texts."""
    parts = _tree(seen).css(f"[data-notice='{destination.kind.value}'] > *")
    return "\n\n".join(part.text() for part in parts) + "\n"


def _approved_words(crossing: SignedCrossing, destination: Destination, language: str) -> str:
    return NoticeVersion.objects.shown(destination.kind, crossing.origin, language).text


def _tree(seen: Visit) -> LexborHTMLParser:
    return LexborHTMLParser(seen.html)


def _signed(address: str) -> Signed:
    return signing.read(urlsplit(address).query, conf.keys())


def _gate_path(seen: Visit) -> str:
    return conf.notice_path(seen.language or translation.get_language())


def _flaw(fault: AuditFault, seen: Visit, found: SurveyedLink) -> Flaw:
    destination = found.destination
    reason = destination.reason or destination.kind
    end = "" if destination.url == found.href else destination.url
    return Flaw(fault, seen.url, found.element, found.href, f"{reason} {end}".rstrip())

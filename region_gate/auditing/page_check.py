"""What is wrong on one page, as it was served, and which notices stand on the ways out of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ada_url import join_url

from region_gate import conf, snapshot
from region_gate.auditing.flaws import AuditFault, Flaw
from region_gate.auditing.served_links import gate_path, served_links
from region_gate.html.survey import LinkOutcome, SurveyedLink
from region_gate.internal_client import Visit
from region_gate.links import signing
from region_gate.links.destinations import Viewpoint
from region_gate.links.signing import InvalidSignatureError, Salt


@dataclass(slots=True)
class PageCheck:
    """What was found at an address: ways out by kind, flaws, and the addresses of the notices (absolute)."""

    totals: Counter[str]
    flaws: list[Flaw] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def check_page(seen: Visit) -> PageCheck:
    """Check every way out of what was served at one address."""
    found = PageCheck(Counter(link.destination.kind.value for link in seen.findings))
    if seen.failed:
        found.flaws.append(Flaw(AuditFault.BROKEN, seen.url, detail=f"HTTP {seen.status}"))
        return found
    viewpoint = snapshot.viewpoint(seen.url)
    served = [*served_links(seen, viewpoint)]
    found.flaws += (*_blocked(seen), *_ungated(served, seen))
    for address in _gate_addresses(served, seen):
        found.flaws += _wrongly_gated(address, seen, viewpoint)
        found.notices.append(join_url(seen.url, address))
    return found


def _blocked(seen: Visit) -> Iterator[Flaw]:
    """Give the links that the gate removed: they harm nobody, but somebody meant to link there."""
    for link in seen.findings:
        if link.outcome is LinkOutcome.BLOCKED:
            yield _flaw(AuditFault.BLOCKED, seen, link)


def _ungated(served: list[SurveyedLink], seen: Visit) -> Iterator[Flaw]:
    for link in served:
        if link.outcome is not LinkOutcome.PASSED:
            yield _flaw(AuditFault.UNGATED, seen, link)


def _gate_addresses(served: list[SurveyedLink], seen: Visit) -> dict[str, None]:
    """Return the gate addresses as they were served, each once."""
    start = f"{gate_path(seen)}?"
    return dict.fromkeys(link.href for link in served if link.href.startswith(start))


def _wrongly_gated(address: str, seen: Visit, viewpoint: Viewpoint) -> Iterator[Flaw]:
    try:
        crossing, salt, _loan = signing.read(urlsplit(address).query, conf.keys())
    except InvalidSignatureError as error:
        yield Flaw(AuditFault.WRONGLY_GATED, seen.url, address=address, detail=str(error))
        return
    if salt is not Salt.LIVE:
        yield Flaw(AuditFault.WRONGLY_GATED, seen.url, address=address, detail="signed as a draft is")
    if crossing.origin != viewpoint.region or not viewpoint.classify(crossing.to).is_crossing:
        yield Flaw(
            AuditFault.WRONGLY_GATED, seen.url, address=crossing.to, detail=f"from {crossing.origin!r}"
        )


def _flaw(fault: AuditFault, seen: Visit, link: SurveyedLink) -> Flaw:
    destination = link.destination
    reason = destination.reason or destination.kind
    end = "" if destination.url == link.href else destination.url
    return Flaw(fault, seen.url, link.element, link.href, f"{reason} {end}".rstrip())

"""What the gate tells a site's own code. Receivers that raise are logged, and break no page.

`notice_shown`: a visitor was answered with a notice. Sent with `request`, `region` (the code of the region
that is left, blank outside all), `destination` (a `Destination`) and `words` (the `NoticeText` shown).

`link_blocked`: a page or a redirect was answered without a link, because the gate blocks it. Sent with
`request` and `link` (a `SurveyedLink`: its element, address and text, and its destination with the reason).
While somebody listens, each page is read once more.

The sender is None. The gate's own visits, as for the register of links and the audit, tell nobody.
"""

from collections.abc import Iterable
from typing import Any

from django.dispatch import Signal
from django.http import HttpRequest

from region_gate.html.survey import LinkOutcome, SurveyedLink

notice_shown = Signal()
link_blocked = Signal()

# The attribute of a request in which the gate leaves what it finds, for those of us who ask.
SURVEY = "gate_findings"


def tell(signal: Signal, request: HttpRequest, **what: Any) -> None:
    """Send `signal` for a visitor's request."""
    if not hasattr(request, SURVEY):
        signal.send_robust(None, request=request, **what)


def tell_of_blocked(request: HttpRequest, links: Iterable[SurveyedLink]) -> None:
    """Send `link_blocked` for each of `links` that the gate took away."""
    for link in links:
        if link.outcome is LinkOutcome.BLOCKED:
            tell(link_blocked, request, link=link)

"""What is wrong with one notice, as it was served."""

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from region_gate import conf, snapshot
from region_gate.auditing.flaws import AuditFault, Flaw
from region_gate.internal_client import Visit
from region_gate.links import signing
from region_gate.links.destinations import Destination
from region_gate.links.signing import InvalidSignatureError, SignedCrossing
from region_gate.models import NoticeVersion


def check_notice(seen: Visit, page: str) -> Iterator[Flaw]:
    """Give what is wrong with the notice that was met on the way out of `page`."""
    try:
        crossing = signing.read(urlsplit(seen.url).query, conf.keys()).crossing
    except InvalidSignatureError:
        return  # the page's own flaw, told there
    if seen.status != HTTPStatus.OK:
        yield Flaw(AuditFault.WRONG_WORDS, page, "notice", crossing.to, f"HTTP {seen.status}")
        return
    destination = snapshot.viewpoint(seen.url, crossing.origin).classify(crossing.to)
    tree = LexborHTMLParser(seen.html)
    if _words(tree, destination) != _approved_words(crossing, destination, seen.language):
        yield Flaw(AuditFault.WRONG_WORDS, page, "notice", crossing.to, destination.kind.value)
    if not any(link.attributes.get("href") == crossing.to for link in tree.css("main a")):
        yield Flaw(AuditFault.BROKEN, page, "notice", crossing.to, "Continue does not lead there")


def _words(tree: LexborHTMLParser, destination: Destination) -> str:
    """Return the words that stand on a notice page, in the form of the approved texts."""
    parts = tree.css(f"[data-notice='{destination.kind.value}'] > *")
    return "\n\n".join(part.text() for part in parts) + "\n"


def _approved_words(crossing: SignedCrossing, destination: Destination, language: str) -> str:
    return NoticeVersion.objects.shown(destination.kind, crossing.origin, language).text

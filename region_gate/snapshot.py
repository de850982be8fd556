"""The regions, policies and redirects in use, read again when one of them changes."""

from datetime import date
from functools import lru_cache
from logging import getLogger
from typing import NamedTuple

from django.http import HttpRequest

from region_gate import clock, conf
from region_gate.constancy import asked_once
from region_gate.links.contact_schemes import CONTACT_SCHEMES
from region_gate.links.destinations import ALL_HAVE_WORDS, DestinationKind, Redirects, Viewpoint, Wordless
from region_gate.links.policies import Policies
from region_gate.links.regions import Regions
from region_gate.models import Edition, NoticeVersion, Policy
from region_gate.notices.texts import SHIPPED, NoWordsError, shipped

logger = getLogger(__name__)

# The attributes in which a request keeps the snapshot and the edition it was served with.
KEPT, SERVED = "_region_gate_snapshot", "_region_gate_edition"


class Snapshot(NamedTuple):
    """All that decides where a link leads, besides the link and its page."""

    regions: Regions
    policies: Policies
    redirects: Redirects
    contact_schemes: frozenset[str] = CONTACT_SCHEMES
    wordless: Wordless = ALL_HAVE_WORDS


def current(request: HttpRequest | None = None) -> Snapshot:
    """Return the current snapshot, or that of `request`, with a single query unless something has changed."""
    edition = _edition() if request is None else edition_of(request)
    return _snapshot(edition, clock.today(), conf.sources(), conf.contact_schemes())


@asked_once
def _edition() -> str:
    return Edition.current()


def invalidate() -> None:
    """Start a new edition, so that every process reads the regions, policies and redirects again.

    To be called in the transaction that changes what `REGION_GATE` names. Policies call it themselves.
    """
    Edition.renew()


def viewpoint(page_url: str, region: str | None = None) -> Viewpoint:
    """Return the viewpoint of the page at `page_url` in the current snapshot; see `Viewpoint.at`."""
    return Viewpoint.at(page_url, *current(), region=region)


def edition_of(request: HttpRequest) -> str:
    """Return the name of the edition that `request` is served from, asked for once."""
    name: str | None = getattr(request, SERVED, None)
    if name is None:
        name = _edition()
        setattr(request, SERVED, name)
    return name


def seen_by(request: HttpRequest, region: str | None = None) -> Viewpoint:
    """Return the viewpoint of the page that `request` asks for; the snapshot is read once per request."""
    kept: Snapshot | None = getattr(request, KEPT, None)
    if kept is None:
        kept = current(request)
        setattr(request, KEPT, kept)
    return Viewpoint.at(request.build_absolute_uri(), *kept, region=region)


def policies_in_force(today: date) -> Policies:
    """Return legal's policies in force on `today`, with a query."""
    return Policies(policy.value for policy in Policy.objects.in_force(today))


@lru_cache(maxsize=4)
def _snapshot(_name: str, today: date, _sources: tuple[str, ...], schemes: frozenset[str]) -> Snapshot:
    return Snapshot(conf.regions(), policies_in_force(today), conf.redirects(), schemes, _wordless())


def _wordless() -> Wordless:
    """Return the crossings that are closed: the site's folder or the record has no words for them."""
    on_record = NoticeVersion.objects.shipped_kinds()
    return frozenset(kind for kind in SHIPPED if kind not in on_record or not _is_shipped(kind))


def _is_shipped(kind: DestinationKind) -> bool:
    try:
        return bool(shipped(kind))
    except NoWordsError:
        logger.exception("Every %s link is blocked", kind)
        return False

"""The page of the visitor's own region that replaces the destination, where the site knows one."""

import logging
from typing import NamedTuple

from region_gate import conf
from region_gate.links.addresses import address_of, path_of
from region_gate.links.destinations import Destination, DestinationKind, Viewpoint

logger = logging.getLogger(__name__)


class Alternative(NamedTuple):
    """A page of the region that is left: its title, its absolute address, the code of its language."""

    title: str
    url: str
    language: str = ""


def alternative(viewpoint: Viewpoint, destination: Destination, language: str) -> Alternative | None:
    """Return what to offer beside a cross-region notice, or None.

    A site that fails to answer has nothing to offer: the notice stands all the same.
    """
    if destination.kind is not DestinationKind.CROSS_REGION:
        return None
    try:
        found = conf.alternative()(_known_address(viewpoint, destination), viewpoint.region, language)
        return _within_region(found, viewpoint) if found else None
    except Exception:
        logger.exception("No alternative is offered to %s", destination.url)
        return None


def _known_address(viewpoint: Viewpoint, destination: Destination) -> str:
    """Return the destination's address without its query, at the host that the regions know it by."""
    host = destination.host
    known = viewpoint.regions.known_as(host) if host == viewpoint.host else host
    return f"{destination.url.partition(':')[0]}://{known}{path_of(destination.url)}"


def _within_region(found: Alternative, viewpoint: Viewpoint) -> Alternative:
    """Return `found` as it is linked from here. Raises ValueError where it would be a crossing itself."""
    there = viewpoint.classify(found.url)
    if there.kind is not DestinationKind.SAME_REGION:
        raise ValueError(f"{found.url} is not in the region {viewpoint.region}.")
    is_here = there.host == viewpoint.regions.known_as(viewpoint.host)
    return found._replace(url=address_of(there.url) if is_here else there.url)

"""What the gate says on a page besides the page's own words, as plain values in the page's language."""

from dataclasses import dataclass

from region_gate.links.destinations import Destination, DestinationKind


@dataclass(frozen=True, slots=True)
class PageWords:
    """The gate's sentences on a page; where one is blank, the gate says nothing.

    `leads_to_region` and `leads_to_third_party` describe gated links.
    """

    leads_to_region: str = ""
    leads_to_third_party: str = ""

    def description(self, destination: Destination) -> str:
        """Return what a link to `destination`, a crossing, is described by."""
        is_region = destination.kind is DestinationKind.CROSS_REGION
        return self.leads_to_region if is_region else self.leads_to_third_party


NO_WORDS = PageWords()

"""What the gate says on a page besides the page's own words, as plain values in the page's language."""

from dataclasses import dataclass

from region_gate.links.destinations import Destination, DestinationKind, Reason


@dataclass(frozen=True, slots=True)
class PageWords:
    """The gate's sentences on a page; where one is blank, the gate says nothing.

    `leads_to_…` describe gated links. `frame`, `video`, `audio` and `region_part` stand in the place of
    what others embed or another region does, `blocked_part` where nobody may go; `go` and
    `go_to_region` lead on from there. `…form` stands beside the buttons of a form that may not be sent.
    `link_…` stand after a link that leads nowhere.
    `%(host)s` stands for a host in all of them. `style` is the address of the style sheet that the page
    is given for them.
    """

    leads_to_region: str = ""
    leads_to_third_party: str = ""
    frame: str = ""
    video: str = ""
    audio: str = ""
    region_part: str = ""
    blocked_part: str = ""
    go: str = ""
    go_to_region: str = ""
    form: str = ""
    region_form: str = ""
    blocked_form: str = ""
    link_too_long: str = ""
    link_unreadable: str = ""
    link_unavailable: str = ""
    style: str = ""

    def description(self, kind: DestinationKind) -> str:
        """Return what a link to a crossing of `kind` is described by."""
        return self.leads_to_region if kind is DestinationKind.CROSS_REGION else self.leads_to_third_party

    def instead_of(self, element: str, destination: Destination) -> str:
        """Return what stands in the place of an `element` that shows what is at `destination`."""
        if destination.is_blocked:
            return self.blocked_part
        if _is_region(destination):
            return self.region_part
        return {"video": self.video, "audio": self.audio}.get(element, self.frame)

    def cannot_send(self, destination: Destination) -> str:
        """Return what is said of a form that would be sent to `destination`."""
        if destination.is_blocked:
            return self.blocked_form
        return self.region_form if _is_region(destination) else self.form

    def why_blocked(self, reason: Reason) -> str:
        """Return why a link leads nowhere."""
        if reason is Reason.TOO_LONG:
            return self.link_too_long
        is_unreadable = reason in (Reason.UNREADABLE, Reason.AMBIGUOUS)
        return self.link_unreadable if is_unreadable else self.link_unavailable

    def way_on(self, destination: Destination) -> str:
        """Return the words of a link to `destination`, a crossing."""
        return self.go_to_region if _is_region(destination) else self.go


def _is_region(destination: Destination) -> bool:
    return destination.kind is DestinationKind.CROSS_REGION


NO_WORDS = PageWords()

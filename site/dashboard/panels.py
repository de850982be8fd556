"""The panels of the admin's first page."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from therapies.reports.alerts import Watch, alert_groups
from therapies.reports.permissions import may_read

from .region_places import region_places

MAX_LISTED = 5  # matters of a kind; *Attention* has them all
FEW_REGIONS = 3  # with more, what is to be done comes first


class RegionsPanel(Component):
    """The person's own regions: their trees, the order of their menus, their contact details."""

    name = "regions"
    template_name = "dashboard/regions_panel.html"

    def __init__(self, user: Any) -> None:
        """Look for the regions of `user`."""
        self.places = region_places(user)
        self.order = 40 if len(self.places) <= FEW_REGIONS else 80

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give the regions."""
        return {"places": self.places}


class WorkPanel(Component):
    """What the person has to do, by kind: as *Attention* lists it, the first few of each."""

    name = "work"
    template_name = "dashboard/work_panel.html"
    order = 60

    def __init__(self, user: Any) -> None:
        """Look for the work of `user`."""
        self.user = user

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give the kinds, each with the way to all of it."""
        watch, address = Watch(self.user), reverse("attention")
        names = watch.regions_by_code if len(watch.regions_by_code) > 1 else {}
        found = [
            (
                part,
                f"{address}?kind={part.source.kind}",
                [(one, names.get(one.region)) for one in part.alerts],
            )
            for part in alert_groups(watch, MAX_LISTED)
        ]
        return {"parts": found, "on": watch.on}


def panels_for(user: Any) -> list[Component]:
    """Return what the first page tells `user`; nobody else's work, and nothing empty."""
    regions = RegionsPanel(user)
    shown: list[Component] = [regions] if regions.places else []
    return [*shown, WorkPanel(user)] if may_read(user) else shown

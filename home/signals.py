"""What happens when a region's home page appears."""

from typing import Any

from region_gate.pipeline import Event, Stage, step

from .access import open_region
from .models import RegionHomePage


@step(Event.POST_SAVE, Stage.PROVISION, RegionHomePage)
def open_region_with_its_home(instance: RegionHomePage, created: bool, **kwargs: Any) -> None:
    """Let a region's people work in each of its home pages from the start."""
    if created:
        open_region(instance.region)

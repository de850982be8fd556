"""What a region's people may do with what all regions share."""

from typing import Any

from django.dispatch import receiver

from home.access import region_opened
from home.rights import Rights


@receiver(region_opened)
def let_editors_cite(**kwargs: Any) -> Rights:
    """Let editors add references; what exists may be cited elsewhere, so they leave it alone."""
    seen = ("therapies.view_topic", "therapies.view_reference")
    return Rights(editors=(*seen, "therapies.add_reference"), legal=seen)

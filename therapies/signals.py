"""What a region's people may do with what all regions share."""

from typing import Any

from django.contrib.auth.models import Group
from django.dispatch import receiver

from home.access import grant, region_opened


@receiver(region_opened)
def let_editors_cite(editors: Group, legal: Group, **kwargs: Any) -> None:
    """Let editors add references; what exists may be cited elsewhere, so they leave it alone."""
    for group in (editors, legal):
        grant(group, "therapies.view_topic", "therapies.view_reference")
    grant(editors, "therapies.add_reference")

"""What happens when a region's home page appears."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from .access import open_region
from .models import RegionHomePage


@receiver(post_save, sender=RegionHomePage)
def open_region_with_its_home(
    instance: RegionHomePage, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """Let a region's people work in each of its home pages from the start."""
    if created and not raw:
        open_region(instance.region)

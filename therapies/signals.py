"""What a region's people may do with what all regions share, and what nobody may."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from home.access import region_opened
from home.rights import Rights

from . import uses
from .models import Reference


@receiver(region_opened)
def let_editors_cite(**kwargs: Any) -> Rights:
    """Let editors add references; what exists may be cited elsewhere, so they leave it alone."""
    seen = ("therapies.view_topic", "therapies.view_reference")
    return Rights(editors=(*seen, "therapies.add_reference"), legal=seen)


@receiver(pre_delete, sender=Reference)
def keep_what_is_cited(instance: Reference, **kwargs: Any) -> None:
    """Refuse to delete a reference that a page cites, by whichever way."""
    uses.check_uncited(instance)

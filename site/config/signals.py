"""What the gate, which knows none of our models, must hear of them: people, and names of products."""

from typing import Any

from django.dispatch import receiver

from home.access import region_opened
from home.models import Region
from home.permissions import GroupPermissions
from region_gate import clock
from region_gate.models import Notice
from region_gate.pipeline import Event, Stage, step
from therapies.guard.label_check import named_in, refuse_unlabelled


@step(Event.PRE_SAVE, Stage.GUARD, Notice)
def guard_the_notices(instance: Notice, **kwargs: Any) -> None:
    """Have no approved notice name a product that a region it is shown in has no label for."""
    if instance.live:
        shown_in = Region.objects.filter(code=instance.region) if instance.region else Region.objects.all()
        refuse_unlabelled(named_in(instance), shown_in, clock.today())


@receiver(region_opened)
def let_legal_own_the_gate(**kwargs: Any) -> GroupPermissions:
    """Let legal write and review notices and policies; what is approved in the review goes live."""
    owned = (
        f"region_gate.{act}_{kind}" for kind in ("notice", "policy") for act in ("view", "add", "change")
    )
    return GroupPermissions(legal=(*owned, "region_gate.view_registeredlink"))

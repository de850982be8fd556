"""What the gate, which knows none of our models, must hear of them: people, and changes."""

from typing import Any

from django.db import models, transaction
from django.dispatch import receiver
from wagtail.documents import get_document_model
from wagtail.models import Collection, Locale, Site

from home.access import region_opened
from home.models import Region, RegionHomePage
from home.permissions import GroupPermissions
from redirecting.models import Redirect, rules_changed
from region_gate import clock, snapshot
from region_gate.models import Notice
from region_gate.pipeline import Event, Stage, step
from therapies.guard.label_check import named_in, refuse_unlabelled

DECISIVE = (Region, RegionHomePage, Site, Locale, Collection, get_document_model(), Redirect)


@step(Event.POST_SAVE, Stage.RENEW, *DECISIVE)
@step(Event.POST_DELETE, Stage.RENEW, *DECISIVE)
def renew_the_snapshot(instance: models.Model, **kwargs: Any) -> None:
    """Have the gate read anew what it stands on."""
    snapshot.invalidate()
    if isinstance(instance, Collection):
        # Once more, because a collection is moved in the tree after it has been saved.
        transaction.on_commit(snapshot.invalidate)


@receiver(rules_changed)
def renew_the_snapshot_with_the_rules(**kwargs: Any) -> None:
    """Have the gate follow the new rules at once."""
    snapshot.invalidate()


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

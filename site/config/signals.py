"""What the gate, which knows none of our models, must hear of them: people, and changes."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.documents import get_document_model
from wagtail.models import Collection, Locale, Site

from home.access import region_opened
from home.models import Region, RegionHomePage
from home.permissions import GroupPermissions
from redirecting.models import Redirect, rules_changed
from region_gate import clock, snapshot
from region_gate.models import Notice
from therapies.guard.label_check import named_in, refuse_unlabelled

GROUND = (Region, RegionHomePage, Site, Locale, Collection, get_document_model(), Redirect)


@receiver([post_save, post_delete])
def renew_the_ground(sender: type, **kwargs: Any) -> None:
    """Have the gate read anew what it stands on."""
    if sender in GROUND:
        snapshot.invalidate()
    if sender is Collection:
        # Once more, because a collection is moved in the tree after it has been saved.
        transaction.on_commit(snapshot.invalidate)


@receiver(rules_changed)
def renew_the_ground_with_the_rules(**kwargs: Any) -> None:
    """Have the gate follow the new rules at once."""
    snapshot.invalidate()


@receiver(pre_save, sender=Notice)
def guard_the_notices(instance: Notice, raw: bool = False, **kwargs: Any) -> None:
    """Have no approved notice name a product that a region it is shown in has no label for."""
    if not raw and instance.live:
        shown_in = Region.objects.filter(code=instance.region) if instance.region else Region.objects.all()
        refuse_unlabelled(named_in(instance), shown_in, clock.today())


@receiver(region_opened)
def let_legal_own_the_gate(**kwargs: Any) -> GroupPermissions:
    """Let legal write and review notices and policies; what is approved in the review goes live."""
    owned = (
        f"region_gate.{act}_{kind}" for kind in ("notice", "policy") for act in ("view", "add", "change")
    )
    return GroupPermissions(legal=(*owned, "region_gate.view_registeredlink"))

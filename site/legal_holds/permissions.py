"""Who sets, ends and reads of holds: legal of the region of what is named, every legal team of all else."""

from typing import Any

from django.db.models import Exists, Q

from home.access import regions_of_legal
from review.reports.permissions import may_read

from .models import LegalHold, LegalHoldQuerySet


def may_decide(user: Any, region: str) -> bool:
    """Say whether `user` decides about holds in the region with this code; blank: of what is all regions'."""
    return regions_of_legal(user).filter(code=region).exists() if region else may_read(user)


def seen_by(user: Any) -> LegalHoldQuerySet:
    """Return the holds that `user` reads of, each as it is now; none where somebody is not legal."""
    holds: LegalHoldQuerySet = LegalHold.objects.current()
    if user.is_superuser:
        return holds
    theirs = regions_of_legal(user)
    of_all = Q(region="") & Exists(theirs)
    return holds.filter(Q(region__in=theirs.values("code")) | of_all)

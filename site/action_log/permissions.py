"""Who reads of which actions: legal of those in its own regions and in all, administrators of all."""

from typing import Any

from home.access import regions_of_legal

from .models import ALL_REGIONS, LoggedAction, LoggedActionQuerySet


def seen_by(user: Any) -> LoggedActionQuerySet:
    """Return the actions that `user` reads of; none where somebody is not legal."""
    if user.is_superuser:
        return LoggedAction.objects.all()
    codes = [*regions_of_legal(user).values_list("code", flat=True)]
    return LoggedAction.objects.in_regions([ALL_REGIONS, *codes] if codes else [])

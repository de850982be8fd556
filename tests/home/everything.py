"""All that a new region brings, counted."""

from django.contrib.auth.models import Group
from wagtail.models import Collection, GroupPagePermission, Locale, Page, Workflow

from home.models import Region


def counts() -> list[int]:
    """Return how many there are of all that a new region brings."""
    kinds = (Region, Page, Group, Collection, Workflow, Locale, GroupPagePermission)
    return [kind.objects.count() for kind in kinds]

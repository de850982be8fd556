"""Template tags about releases."""

from typing import Any

from django import template

from review.release_models import Release, ReleaseItem

register = template.Library()


@register.simple_tag
def release_of(thing: Any) -> Release | None:
    """Return the open release for which `thing` waits, None where it waits for none."""
    item = ReleaseItem.objects.holding(thing)
    return item.release if item else None

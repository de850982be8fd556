"""The order of a region's pages, as its menu has them: legal puts them in order."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.access import is_legal_in
from home.exceptions import RefusedError
from home.models import Region
from region_gate.models import Edition
from region_gate.signoff import acting_as


def may_order(parent: Page, user: Any) -> bool:
    """Say whether `user` is of the legal team of the region that `parent` and all below it stand in."""
    region = Region.objects.owning(parent.path)
    return region is not None and is_legal_in(region, user)


@transaction.atomic
def put_in_order(parent: Page, numbers: Sequence[int], user: Any) -> bool:
    """Put the children of `parent` in the order of their `numbers`; say whether any moved.

    Raises RefusedError where it is another region's, or other pages stand there by now.
    """
    Edition.lock()
    if not may_order(parent, user):
        raise RefusedError(_("Only the legal team of a region puts its pages in order."))
    before = [*_children(parent)]
    if sorted(before) != sorted(numbers):
        raise RefusedError(_("Pages were added or removed here meanwhile. Look at the order anew."))
    with acting_as(user):
        for place, number in enumerate(numbers):
            standing = [*_children(parent)][place]
            if standing != number:
                # By nobody: no group has the right to publish, which Wagtail would ask for.
                Page.objects.get(pk=number).move(Page.objects.get(pk=standing), pos="left")
    return before != [*numbers]


def _children(parent: Page) -> Any:
    return Page.objects.child_of(parent).order_by("path").values_list("pk", flat=True)

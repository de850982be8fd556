"""Who reads of which enquiries: people of the region's teams who have the permission, which legal has.

Editors have it where an administrator gives it to them, by a group of any name: what patients write is
read by those only who answer it.
"""

from typing import Any

from home.access import EDITORS, LEGAL, is_in_a_team, regions_of
from home.mail import both_teams
from home.models import Region

from .models import Enquiry, EnquiryQuerySet

VIEW, CHANGE, DELETE = (f"enquiries.{act}_enquiry" for act in ("view", "change", "delete"))


def may_read(user: Any) -> bool:
    """Say for menus and lists whether `user` may read enquiries of any region."""
    return bool(user.has_perm(VIEW)) and is_in_a_team(user, EDITORS, LEGAL)


def seen_by(user: Any) -> EnquiryQuerySet:
    """Return the enquiries that `user` may read: of no region but their own."""
    if not user.has_perm(VIEW):
        return Enquiry.objects.none()
    return Enquiry.objects.filter(region__in=regions_of(user, EDITORS, LEGAL))


def readers_of(region: Region) -> list[Any]:
    """Return the people who may read the enquiries of `region` and can be written to."""
    return [person for person in both_teams(region) if person.has_perm(VIEW)]

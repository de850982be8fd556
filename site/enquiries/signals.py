"""What a region's people may do with its enquiries."""

from typing import Any

from django.dispatch import receiver

from home.access import region_opened
from home.permissions import GroupPermissions

from .permissions import CHANGE, DELETE, VIEW


@receiver(region_opened)
def let_legal_read_enquiries(**kwargs: Any) -> GroupPermissions:
    """Let legal read, answer and delete what visitors write to its region."""
    return GroupPermissions(legal=(VIEW, CHANGE, DELETE))

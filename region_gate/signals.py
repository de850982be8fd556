"""What makes a new edition of what the gate stands on."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from region_gate.ground import renew
from region_gate.models import Policy


@receiver([post_save, post_delete], sender=Policy)
def renew_with_policies(**kwargs: object) -> None:
    """Have a changed policy govern the next page."""
    renew()

"""`manage.py clearsessions`: forget sessions and pauses that are over, but those that somebody keeps."""

from typing import Any

from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from accounts import throttle
from region_gate.retention import purgeable


class Command(BaseCommand):
    """Takes the place of Django's, which asks nobody."""

    help = "Delete sessions and pauses that are over, but for what a legal hold keeps."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them."""
        purgeable(Session.objects.filter(expire_date__lt=timezone.now())).delete()
        purgeable(throttle.forgotten()).delete()

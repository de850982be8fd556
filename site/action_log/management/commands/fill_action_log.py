"""`manage.py fill_action_log`: keep what Wagtail's logs have and the action log has not."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from action_log.keeping import keep, not_kept


class Command(BaseCommand):
    """Keeps the entries from before there was an action log, and those that were written many at once."""

    help = "Keep in the action log what is in Wagtail's logs alone. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Keep them; say how many, if any."""
        number = 0
        for entries in not_kept():
            with transaction.atomic():
                for entry in entries:
                    keep(entry, is_new=False)
            number += len(entries)
        if number:
            self.stdout.write(f"{number} entries kept.")

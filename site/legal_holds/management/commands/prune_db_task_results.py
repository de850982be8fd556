"""`manage.py prune_db_task_results`: the library's, which knows no legal holds, and waits for their end."""

from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from django_tasks_db.management.commands import prune_db_task_results as library

from legal_holds.held import held_now
from region_gate.models import Edition


class Command(library.Command):
    """Deletes results of tasks while no legal hold is in force."""

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        """Delete them. Raises CommandError while a hold is in force."""
        Edition.lock()
        if held_now():
            raise CommandError("A legal hold is in force. The job “purge” deletes what no hold keeps.")
        super().handle(**options)

"""The command `check_migrations`."""

import sys
from collections.abc import Iterator

from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.migration_risks import risk_of


class Command(BaseCommand):
    """Names the migrations to come that the running code would trip over."""

    help = "Say which migrations to come the code that runs meanwhile would trip over; exits with 1 for any."
    requires_system_checks: list[str] = []  # they read tables that may be to come

    def handle(self, *args: object, **options: object) -> None:
        """Name each, and exit."""
        found = list(_risks(MigrationExecutor(connection)))
        for line in found:
            self.stdout.write(line)
        if found:
            sys.exit(1)


def _risks(executor: MigrationExecutor) -> Iterator[str]:
    """Give a line for each; none for a new database, on which nothing runs."""
    loader = executor.loader
    if not loader.applied_migrations:
        return
    state = loader.project_state([key for key in loader.applied_migrations if key in loader.graph.nodes])
    for migration, _backwards in executor.migration_plan(loader.graph.leaf_nodes()):
        for operation in migration.operations:
            if why := risk_of(operation, migration.app_label, state):
                yield f"{migration}: {operation.describe()}: {why}."
            operation.state_forwards(migration.app_label, state)

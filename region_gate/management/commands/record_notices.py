"""`manage.py record_notices`: put the approved texts that the site brings on record."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from region_gate import conf
from region_gate.notices.shipping import put_on_record
from region_gate.notices.texts import NoWordsError


class Command(BaseCommand):
    """Does what a migration of the site's would; a second time it has nothing to do."""

    help = (
        "Put the approved English texts in the folder that REGION_GATE['NOTICES'] names on record, under the"
        " folder's name as their version, unless that version is on record already."
    )

    requires_system_checks = []  # they say that the texts are not on record

    def handle(self, *args: Any, **options: Any) -> None:
        """Record the texts, all or none, and say which."""
        folder = conf.notices_folder()
        if folder is None:
            raise CommandError("REGION_GATE['NOTICES'] names no folder of approved texts.")
        apps = MigrationLoader(connection).project_state().apps
        try:
            with transaction.atomic():
                recorded = put_on_record(apps, folder)
        except NoWordsError as error:
            raise CommandError(f"{error}.") from error
        for kind in recorded:
            self.stdout.write(f"{folder.name}: the {kind} notice is on record.")
        if not recorded:
            self.stdout.write(f"{folder.name}: on record already.")

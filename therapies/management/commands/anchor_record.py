"""`manage.py anchor_record`: have what is on record time-stamped, and keep that in the write-once place."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from therapies.anchoring.exceptions import AnchorTakenError, OlderDatabaseError, StampError
from therapies.anchoring.making import make

MAY_HELP = 2  # the exit code after which another try may help


class Command(BaseCommand):
    """Makes an anchor over all entries since the last one; without any, it has nothing to do."""

    help = (
        "Make an anchor over all entries since the last one: signed, stamped by the authority at "
        "TIMESTAMP_URL, kept in the place "
        "that ANCHOR_STORAGE_URL names. Exit code 1: that place knows of entries that this "
        "database lacks. 2: another try may help."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, and say which it is."""
        try:
            anchor = make()
        except OlderDatabaseError as error:
            raise CommandError(str(error)) from error
        except (StampError, AnchorTakenError, OSError, ValueError) as error:
            raise CommandError(str(error), returncode=MAY_HELP) from error
        self.stdout.write(f"{anchor}: {len(anchor.entries)} entries." if anchor else "Nothing new on record.")

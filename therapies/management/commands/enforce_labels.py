"""`manage.py enforce_labels`: take down the pages whose labels have ended."""

import sys
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from region_gate import clock
from region_gate.date_limits import read_day
from therapies import conf
from therapies.guard.unlabelled_pages import Unlabelled, pages_without_label
from therapies.guard.unpublishing import take_down


class Command(BaseCommand):
    """Names the live pages without a label in force, and takes them down where LABELS_TAKE_DOWN says so."""

    help = (
        "Take down live pages that name a product without a label in force, where LABELS_TAKE_DOWN is on; "
        "else only list them. Run it soon after midnight, when labels end. Safe to run again and at the same "
        "time. Exit code 0: no such page is live any more. 1: some still are, named on standard error."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --dry-run and --date."""
        parser.add_argument(
            "--dry-run", action="store_true", help="list the pages and leave them as they are"
        )
        parser.add_argument(
            "--date",
            type=read_day,
            metavar="YYYY-MM-DD",
            help="look at another day than today; needs --dry-run",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Take down, or list; exit with 1 where a page without a label is left."""
        today = clock.today()
        on = options["date"] or today
        if on != today and not options["dry_run"]:
            raise CommandError("Pages come down by what is in force today: for another day add --dry-run.")
        found = pages_without_label(on)
        is_to_act = conf.takes_down() and not options["dry_run"]
        are_left = self._take_down(found, on) if is_to_act else self._list(found)
        if are_left:
            sys.exit(1)

    def _take_down(self, found: list[Unlabelled], on: date) -> bool:
        """Take them down; say whether one is left."""
        refused = False
        for outcome in take_down(found, on):
            line = f"{outcome.page.url_path} {outcome.page}: {outcome.reasons}"
            if outcome.refused:
                refused = True
                self.stderr.write(f"LEFT LIVE {line} {outcome.refused}")
            else:
                self.stdout.write(f"Taken down {line}")
        return refused

    def _list(self, found: list[Unlabelled]) -> bool:
        """Name them; say whether there is one."""
        for item in found:
            self.stderr.write(f"Live without a label {item.page.url_path} {item.page}: {item.reason}")
        return bool(found)

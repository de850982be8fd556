"""`manage.py enforce_labels`: take down the pages whose labels have ended."""

import sys
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from region_gate import clock
from region_gate.date_limits import read_day
from therapies.guard.label_ending import take_down_by_date
from therapies.guard.unlabelled_pages import Unlabelled, pages_without_label
from therapies.guard.unpublishing import to_take_down


class Command(BaseCommand):
    """Takes down the live pages without a label in force, and names those that a region keeps up."""

    help = (
        "Take down live pages that name a product without a label in force, and tell both teams of a region "
        "by e-mail which labels have ended; name those that the region’s legal team keeps up. Visitors are "
        "shown no such page from the moment when its label ends; run this soon after midnight, and every few "
        "minutes. Safe to run again and at the same time. Exit code 0: no page is left that was to come "
        "down. 1: some are, named on standard error."
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
        """Take down, or list; exit with 1 where a page is left that was to come down."""
        today = clock.today()
        on = options["date"] or today
        if on != today and not options["dry_run"]:
            raise CommandError("Pages come down by what is in force today: for another day add --dry-run.")
        are_left = self._list(on) if options["dry_run"] else self._take_down(on)
        if are_left:
            sys.exit(1)

    def _take_down(self, on: date) -> bool:
        """Take them down, and name those that are kept up; say whether one is left."""
        refused = set()
        for outcome in take_down_by_date(on):
            line = f"{outcome.page.url_path} {outcome.page}: {outcome.reasons}"
            if outcome.refused and outcome.page.pk not in refused:
                refused.add(outcome.page.pk)
                self.stderr.write(f"LEFT LIVE {line} {outcome.refused}")
            elif not outcome.refused:
                self.stdout.write(f"Taken down {line}")
        self._name_kept(pages_without_label(on))
        return bool(refused)

    def _list(self, on: date) -> bool:
        """Name them; say whether there is one that is to come down."""
        found = pages_without_label(on)
        due = to_take_down(found)
        for item in due:
            self.stderr.write(f"Live without a label {item.page.url_path} {item.page}: {item.reason}")
        self._name_kept(found)
        return bool(due)

    def _name_kept(self, found: list[Unlabelled]) -> None:
        due = {item.page.pk for item in to_take_down(found)}
        for item in found:
            if item.page.pk not in due:
                self.stdout.write(f"Kept up, marked {item.page.url_path} {item.page}: {item.reason}")

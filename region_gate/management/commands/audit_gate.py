"""`manage.py audit_gate`: check every way out of everything that a visitor can reach."""

import csv
import json
import sys
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, astuple, fields
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from region_gate import snapshot
from region_gate.auditing.audit import Audit, Each, audit
from region_gate.auditing.flaws import Flaw
from region_gate.auditing.jobs import MAX_JOBS, JobError, Jobs
from region_gate.auditing.listed import listed_addresses
from region_gate.auditing.progress import progress
from region_gate.auditing.reachable import reachable_addresses, unreachable_addresses
from region_gate.spreadsheets import neutralise

BROKEN_OFF = 2  # the exit status of an audit that came to no end

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def number_of_jobs(written: str) -> int:
    """Return the number that --jobs was given. Raises ArgumentTypeError for any other."""
    if not (written.isascii() and written.isdecimal() and 1 <= int(written) <= MAX_JOBS):
        raise ArgumentTypeError(f"{written!r} is not a number from 1 to {MAX_JOBS}.")
    return int(written)


class Command(BaseCommand):
    """Visits everything through the real handlers; exit status 1 if anything is wrong."""

    help = (
        "Visit everything that a visitor can reach, check each way out and each notice, and print "
        "the totals. Exits with status 1 and a list if anything is ungated, wrongly gated or blocked, "
        "if a notice's words are not the approved ones, if a document is served by another spelling of "
        "its address, or if a sitemap names what is not there; with "
        f"status {BROKEN_OFF} if one of several processes fails."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --region, --format and --jobs."""
        parser.add_argument("--region", default="", help="only this region's addresses, by its code")
        parser.add_argument("--format", choices=["table", "json", "csv"], default="table")
        parser.add_argument(
            "--jobs",
            type=number_of_jobs,
            default=1,
            metavar="N",
            help=f"in so many processes, up to {MAX_JOBS}; the findings are the same (default: 1)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Audit, and print what was found."""
        region = options["region"]
        if region and not snapshot.current().regions.get(region):
            raise CommandError(f"There is no region with the code {region!r}.")
        try:
            with Jobs(options["jobs"]) as jobs:
                each = _each(jobs, is_quiet=options["verbosity"] == 0)
                found = audit(
                    reachable_addresses(region), unreachable_addresses(region), listed_addresses(region), each
                )
        except JobError as error:
            raise CommandError(f"The audit broke off. {error}", returncode=BROKEN_OFF) from error
        {"table": self._table, "json": self._json, "csv": self._csv}[options["format"]](found)
        if found.flaws:
            sys.exit(1)

    def _table(self, found: Audit) -> None:
        self.stdout.write(f"{found.pages:>7} pages\n{found.notices:>7} notices\n")
        for kind, count in sorted(found.totals.items()):
            self.stdout.write(f"{count:>7} {kind}")
        self.stdout.write(f"{len(found.flaws):>7} flaws")
        for flaw in found.flaws:
            self.stdout.write("  ".join(part for part in astuple(flaw) if part))

    def _json(self, found: Audit) -> None:
        totals = {"pages": found.pages, "notices": found.notices, "totals": dict(found.totals)}
        self.stdout.write(json.dumps({**totals, "flaws": [asdict(flaw) for flaw in found.flaws]}, indent=2))

    def _csv(self, found: Audit) -> None:
        rows = csv.writer(self.stdout)
        rows.writerow(field.name for field in fields(Flaw))
        for flaw in found.flaws:
            rows.writerow(neutralise(part) for part in astuple(flaw))


def _each(jobs: Jobs, *, is_quiet: bool) -> Each:
    """Return what has `jobs` do an audit's work, and tells on standard error how far it is."""

    def each(unit: str, work: Callable[[Item], Answer], items: Sequence[Item]) -> Iterable[Answer]:
        answers = jobs.map(work, items)
        return answers if is_quiet else progress(answers, len(items), unit, sys.stderr)

    return each

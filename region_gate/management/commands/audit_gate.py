"""`manage.py audit_gate`: check every way out of everything that a visitor can reach."""

import csv
import json
import sys
from dataclasses import asdict, astuple, fields
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from region_gate import snapshot
from region_gate.auditing.audit import Audit, audit
from region_gate.auditing.flaws import Flaw
from region_gate.auditing.reachable import reachable_addresses, unreachable_addresses
from region_gate.spreadsheets import neutralise


class Command(BaseCommand):
    """Visits everything through the real handlers; exit status 1 if anything is wrong."""

    help = (
        "Visit everything that a visitor can reach, check each way out and each notice, and print "
        "the totals. Exits with status 1 and a list if anything is ungated, wrongly gated or blocked, "
        "if a notice's words are not the approved ones, or if a document is served by another spelling "
        "of its address."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --region and --format."""
        parser.add_argument("--region", default="", help="only this region's addresses, by its code")
        parser.add_argument("--format", choices=["table", "json", "csv"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Audit, and print what was found."""
        region = options["region"]
        if region and not snapshot.current().regions.get(region):
            raise CommandError(f"There is no region with the code {region!r}.")
        addresses = tqdm(reachable_addresses(region), unit="page", file=sys.stderr, disable=None)
        found = audit(addresses, unreachable_addresses(region))
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

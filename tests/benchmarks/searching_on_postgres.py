"""Visitors' search again, on a PostgreSQL of its own: the same index in another database."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from tests.faults.postgres import BINARIES, running

from .figures import Figure

MODULE = "searching"


def figures() -> Iterator[Figure]:
    """Give the figures of `searching`, as a process measures them that works on PostgreSQL."""
    if connection.vendor == "postgresql":
        return  # they were those
    if not BINARIES:
        print("search on PostgreSQL: left out, for it is not installed")
        return
    with running() as postgres, tempfile.TemporaryDirectory() as folder:
        postgres.client("createdb", "site")
        report = Path(folder) / "report.json"
        told = {**os.environ, "DATABASE_URL": postgres.url("site")}
        command = [sys.executable, "-m", "tests.benchmarks", MODULE, "--report", str(report)]
        subprocess.run(command, env=told, check=False, stdout=subprocess.DEVNULL)  # says by 1 what is not met
        measured = json.loads(report.read_text())
    for one in measured[1:]:  # the first is the machine's
        one.pop("is_met")
        yield Figure(**{**one, "name": f"PostgreSQL, {one['name'].strip()}"})

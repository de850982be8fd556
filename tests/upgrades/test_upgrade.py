"""Databases of former states of the code are upgraded whole, with their record, in one step."""

import json
import lzma
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from ..faults.site import Site
from .make_dump import KEPT

COMMITS = sorted(file.stem for file in KEPT.glob("*.json"))

# Before the record began: `docs/operations.md` names the commands that such a site asks for once.
BEFORE_THE_RECORD = "2aed0c9"
RECORDED_ONCE = ("rebuild_references_index", "keep_record")
# As `deploy/install.sh` does: it signs the chains of entries from before there was a key.
SIGNED = ("keep_record", "--sign-former")

# Run on the upgraded database: raises where something is amiss.
JUDGE = """
from django.core.management import call_command
from django.test import Client

for command in ("check", "check_record", "audit_gate"):
    call_command(command)
for address in {addresses}:
    answer = Client(headers={{"host": "localhost"}}).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    assert b"</main>" in answer.content, address
"""


def restore(commit: str, database: str) -> None:
    """Fill an empty database with what is kept of the commit."""
    kept = KEPT / f"{commit}.{'sqlite3' if connection.vendor == 'sqlite' else 'sql'}.xz"
    content = lzma.decompress(kept.read_bytes())
    if connection.vendor == "sqlite":
        Path(database.removeprefix("sqlite:///")).write_bytes(content)
        return
    with psycopg.connect(database) as server:
        server.execute(content)


@pytest.mark.django_db
@pytest.mark.parametrize("commit", COMMITS)
def test_a_database_of_before_is_upgraded_whole(commit, empty_database, tmp_path):
    restore(commit, empty_database)
    addresses = json.loads((KEPT / f"{commit}.json").read_text())
    site = Site(tmp_path, empty_database)
    site.manage("migrate", "--skip-checks", "--verbosity", "0")
    for command in RECORDED_ONCE if commit == BEFORE_THE_RECORD else ():
        site.manage(command)
    site.manage(*SIGNED)
    judged = site.manage("shell", "--no-imports", "-c", JUDGE.format(addresses=list(addresses.values())))
    assert "All is as it was made." in judged
    assert " 0 flaws" in judged

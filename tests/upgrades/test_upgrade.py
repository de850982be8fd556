"""Databases of former states of the code are upgraded whole, with their record, in one step."""

import json
import lzma
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from ..faults.site import Site
from .make_dump import KEPT, ROOT

INSTALLING = (ROOT / "deploy/install.sh").read_text()
COMMITS = sorted(file.stem for file in KEPT.glob("*.json"))
# That which most is asked of, and what is deployed now; the others on the way between them take long.
HELD_TO = {"2aed0c9", "9a752bd0"}

# Before the record began: `docs/operations.md` names the commands that such a site asks for once.
BEFORE_THE_RECORD = "2aed0c9"
RECORDED_ONCE = ("rebuild_references_index", "keep_record")
# As `deploy/install.sh` does: it signs entries from before there was a key, and makes the search index.
SIGNED = ("keep_record", "--sign-former")
INDEXED = ("update_index", "--backend", "visitors")

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
found = Client(headers={{"host": "localhost"}}).get("/eu/search/", {{"q": "liver metastases"}})
assert 'class="entries-title"' in found.text
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
@pytest.mark.parametrize(
    "commit", [one if one in HELD_TO else pytest.param(one, marks=pytest.mark.long) for one in COMMITS]
)
def test_a_database_of_before_is_upgraded_whole(commit, empty_database, tmp_path):
    restore(commit, empty_database)
    addresses = json.loads((KEPT / f"{commit}.json").read_text())
    site = Site(tmp_path, empty_database)
    site.manage("migrate", "--skip-checks", "--verbosity", "0")
    for command in RECORDED_ONCE if commit == BEFORE_THE_RECORD else ():
        site.manage(command)
    for command in (SIGNED, INDEXED):
        assert " ".join(command) in INSTALLING
        site.manage(*command)
    judged = site.manage("shell", "--no-imports", "-c", JUDGE.format(addresses=list(addresses.values())))
    assert "All is as it was made." in judged
    assert " 0 flaws" in judged

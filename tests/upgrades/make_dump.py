"""Keeps databases as a former commit makes them: `python -m tests.upgrades.make_dump COMMIT [PYTHON]`.

PYTHON has the commit's requirements installed; PostgreSQL is an instance of its own.
"""

import json
import lzma
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..faults import postgres

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(__file__).parent / "dumps"
# Of the settings of the tests, so that gate addresses stay good, and the record's signatures.
SIGNED_WITH, RECORD_KEY = "only-for-tests", "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMDE"
PAGE = "/eu/therapies/liver-metastases-colorectal-cancer/"

# Run by the former code: leaves nobody's password, finds a gate address, and says both addresses.
FINISH = f"""
import json, re
from html import unescape
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

page = Client(headers={{"host": "localhost"}}).get("{PAGE}")
gate = unescape(re.search('href="([^"]*/leaving/[^"]*)"', page.content.decode())[1])
get_user_model().objects.update(password="!")
Session.objects.all().delete()
print(json.dumps({{"page": "{PAGE}", "gate": gate}}))
if connection.vendor == "sqlite":
    connection.cursor().execute("VACUUM")
"""


def main() -> None:
    """Make the dumps of the commit on SQLite and PostgreSQL, and note the addresses to visit."""
    commit, python = sys.argv[1], (sys.argv[2:] or [sys.executable])[0]
    with checked_out(commit) as folder, postgres.running() as server:
        server.client("createdb", "old")
        addresses = made(folder, python, server.url("old"))
        keep(f"{commit}.sql", plain(server.client("pg_dump", "--no-owner", "--inserts", "old")))
        file = folder / "old.sqlite3"
        made(folder, python, f"sqlite:///{file}")
        keep(f"{commit}.sqlite3", file.read_bytes())
    (KEPT / f"{commit}.json").write_text(json.dumps(addresses, indent=1) + "\n")


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """Give a folder with the code as it was, and take it away."""
    folder = Path(tempfile.mkdtemp(prefix="upgrades-"))
    _git("worktree", "add", "--detach", "--force", str(folder), commit)
    try:
        yield folder
    finally:
        _git("worktree", "remove", "--force", str(folder))


def made(folder: Path, python: str, database: str) -> dict[str, str]:
    """Fill `database` as the code in `folder` does, and return the addresses of a page and of a notice."""
    shutil.rmtree(folder / "var", ignore_errors=True)
    manage = [python, "manage.py"]
    told = {"DATABASE_URL": database, "DATA_DIR": "var"}
    keys = {"SECRET_KEY": SIGNED_WITH, "RECORD_SIGNING_KEY": RECORD_KEY}
    environment = {**os.environ, **told, **keys, "DJANGO_SETTINGS_MODULE": "config.settings.dev"}

    def run(*command: str) -> str:
        done = subprocess.run(
            [*manage, *command], cwd=folder, env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    run("migrate", "--skip-checks", "--verbosity", "0")
    run("demo")
    addresses: dict[str, str] = json.loads(run("shell", "--no-imports", "-c", FINISH).splitlines()[-1])
    return addresses


def plain(dump: str) -> bytes:
    """Return a dump without what only the client of PostgreSQL reads."""
    return "\n".join(line for line in dump.splitlines() if not line.startswith("\\")).encode()


def keep(name: str, content: bytes) -> None:
    """Write `content` into the folder of dumps, compressed."""
    KEPT.mkdir(exist_ok=True)
    (KEPT / f"{name}.xz").write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))


def _git(*command: str) -> None:
    subprocess.run([shutil.which("git") or "git", *command], cwd=ROOT, check=True, capture_output=True)


if __name__ == "__main__":
    main()

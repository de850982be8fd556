"""A backup that is made while somebody writes, put elsewhere, is a whole site, with its uploads."""

import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ..browser.server import ROOT
from .postgres import Postgres
from .site import Site

WHILE = 2  # seconds that the writer has before the backup begins
UPLOADS = "test-media-*"  # in a site's folder, by the settings of the tests


@contextmanager
def written(site: Site) -> Iterator[None]:
    """Have people send and approve pages meanwhile."""
    command = [sys.executable, "-m", "tests.faults.killing", "0", "2"]
    with (site.folder / "log").open("ab") as log:
        writer = subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=log, stderr=log)
        try:
            time.sleep(WHILE)
            yield
            assert writer.wait(timeout=120) == 0, (site.folder / "log").read_text()
        finally:
            writer.kill()


@pytest.fixture
def elsewhere(tmp_path_factory) -> Path:
    """A folder for what is restored."""
    return tmp_path_factory.mktemp("elsewhere")


@pytest.mark.short
def test_sqlite(on_sqlite: Site, elsewhere: Path):
    def moved() -> str:
        with closing(sqlite3.connect(on_sqlite.folder / "db.sqlite3")) as source:
            source.execute("VACUUM INTO ?", [str(elsewhere / "db.sqlite3")])
        return f"sqlite:///{elsewhere / 'db.sqlite3'}"

    _is_moved_whole(on_sqlite, elsewhere, moved)


def test_postgresql(on_postgres: Site, cluster: Postgres, elsewhere: Path):
    def moved() -> str:
        dump = cluster.client("pg_dump", "site")
        cluster.client("dropdb", "--if-exists", "restored")
        return cluster.restore("restored", dump)

    _is_moved_whole(on_postgres, elsewhere, moved)


def _is_moved_whole(site: Site, elsewhere: Path, move: Callable[[], str]) -> None:
    """Move the database and then the uploads, as `docs/operations.md` says; all is there, to the byte."""
    page, *files = site.run("-m", "tests.faults.media", "kept").split()
    with written(site):
        database = move()
        for uploads in site.folder.glob(UPLOADS):
            shutil.copytree(uploads, elsewhere / uploads.name)
    restored = Site(elsewhere, database)
    assert "All is as it was made." in restored.manage("check_record")
    (_page, *shown), (_now, *uploaded) = _contents(restored, page, *files), _contents(site, page, *files)
    assert shown == uploaded


def _contents(site: Site, *addresses: str) -> list[bytes]:
    """Return what visitors get at `addresses`."""
    with site.visited() as visitor:
        answers = [visitor.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200] * len(addresses)
    return [answer.content for answer in answers]

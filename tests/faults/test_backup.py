"""A backup that is made while somebody writes, put elsewhere, is a whole site."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ..browser.server import ROOT
from .postgres import Postgres
from .site import Site

WHILE = 2  # seconds that the writer has before the backup begins


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


@pytest.mark.short
def test_sqlite(on_sqlite: Site, tmp_path_factory):
    elsewhere: Path = tmp_path_factory.mktemp("elsewhere")
    with written(on_sqlite), closing(sqlite3.connect(on_sqlite.folder / "db.sqlite3")) as source:
        source.execute("VACUUM INTO ?", [str(elsewhere / "db.sqlite3")])
    _is_whole(Site(elsewhere, f"sqlite:///{elsewhere / 'db.sqlite3'}"))


def test_postgresql(on_postgres: Site, cluster: Postgres, tmp_path_factory):
    with written(on_postgres):
        dump = cluster.client("pg_dump", "site")
    cluster.client("dropdb", "--if-exists", "restored")
    _is_whole(Site(tmp_path_factory.mktemp("elsewhere"), cluster.restore("restored", dump)))


def _is_whole(site: Site) -> None:
    assert "All is as it was made." in site.manage("check_record")
    with site.visited() as visitor:
        assert visitor.get("/eu/therapies/liver-metastases-colorectal-cancer/").status_code == 200

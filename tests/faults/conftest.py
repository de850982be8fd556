"""Instances that a test may stop, each filled with the demo content."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from demo import people

from ..database import state_of_the_code
from . import postgres
from .postgres import BINARIES, Postgres
from .site import Site

TEMPLATE = "filled"


@pytest.fixture(scope="session")
def filled(django_db_keepdb) -> Path:
    """A folder of a site with the demo's password, later what it uploads: of this state of the code."""
    people.password()
    folder: Path = settings.DATA_DIR / f"faults-{state_of_the_code(is_kept=django_db_keepdb)}"
    for old in settings.DATA_DIR.glob("faults-*"):
        if old != folder:
            shutil.rmtree(old)
    folder.mkdir(exist_ok=True)
    shutil.copy(settings.DATA_DIR / "demo-password", folder)
    return folder


@pytest.fixture(scope="session")
def cluster(filled: Path) -> Iterator[Postgres]:
    """A PostgreSQL of these tests' own, with a database that is filled and never changed."""
    if not BINARIES:
        pytest.skip("PostgreSQL is not installed")
    with postgres.running() as instance:
        _fill(instance, filled / "filled.sql")
        yield instance


def _fill(instance: Postgres, kept: Path) -> None:
    """Fill the template from what is kept of it, or with the demo, which takes a minute."""
    if not kept.exists():
        instance.client("createdb", TEMPLATE)
        site = Site(kept.parent, instance.url(TEMPLATE))
        site.manage("migrate", "--skip-checks", "--verbosity", "0")
        site.manage("demo", "--skip-checks")
        kept.write_text(instance.client("pg_dump", TEMPLATE))
    else:
        instance.restore(TEMPLATE, kept.read_text())


@pytest.fixture
def on_postgres(cluster: Postgres, filled: Path, tmp_path: Path) -> Site:
    """A site on a database of its own, in the instance that the test may stop."""
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    return Site(tmp_path, cluster.copy("site", TEMPLATE))


@pytest.fixture
def sqlite_file(django_db_setup, django_db_blocker, tmp_path: Path) -> Path:
    """A copy of the tests' database, where that is SQLite."""
    if connection.vendor != "sqlite":
        pytest.skip("the tests' database is no file")
    people.password()
    shutil.copy(settings.DATA_DIR / "demo-password", tmp_path)
    copy = tmp_path / "db.sqlite3"
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
    return copy


@pytest.fixture
def on_sqlite(sqlite_file: Path) -> Site:
    """A site on a file of its own."""
    return Site(sqlite_file.parent, f"sqlite:///{sqlite_file}")

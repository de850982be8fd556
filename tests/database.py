"""The tests' database: filled with the demo content once for each state of the code, then copied.

Migrations and demo take a minute, a copy no time. Each process of a parallel run has a copy of its own.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection
from django.test.utils import setup_databases
from filelock import FileLock

from demo.files import put_back
from home.models import Region

ROOT = Path(__file__).resolve().parents[1]
# All that the migrations and the demo content may depend on.
SOURCES = ("home", "therapies", "region_gate", "site", "requirements.txt", "tests/database.py")
SITES_OWN = settings.DATABASES["default"]["NAME"]
PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "main")


def open_database(*, is_kept: bool) -> None:
    """Have the connection lead to a database with the demo content, this process's own.

    `is_kept` takes it as the last such run left it, whatever has become of the code since.
    """
    with FileLock(settings.DATA_DIR / "template.lock"):
        _open_template(state_of_the_code(is_kept=is_kept))
        _open_copy(PROCESS, is_kept=is_kept)
    put_back()


def close_database(*, is_kept: bool) -> None:
    """Drop the process's database, unless it is kept."""
    name = connection.settings_dict["NAME"]
    connection.creation.destroy_test_db(verbosity=0, keepdb=is_kept)
    if not is_kept:
        _forget_log(name)


@contextmanager
def database_apart() -> Iterator[None]:
    """Have the connection lead to a second copy of the template meanwhile, for what changes much of it."""
    usual = connection.settings_dict["NAME"]
    with FileLock(settings.DATA_DIR / "template.lock"):
        _open_template(_key())
        _open_copy(f"{PROCESS}_apart", is_kept=False)
    try:
        yield
    finally:
        close_database(is_kept=False)
        _lead_to(usual)


def _open_copy(suffix: str, *, is_kept: bool) -> None:
    """Have the connection lead to a copy of the database that it leads to."""
    connection.close()  # so that the file is whole
    copy = connection.creation.get_test_db_clone_settings(suffix)["NAME"]
    if not is_kept:
        _forget_log(copy)
    connection.creation.clone_test_db(suffix=suffix, verbosity=0, keepdb=is_kept)
    _lead_to(copy)


def _forget_log(name: str) -> None:
    """Delete the log that a stopped process has left beside SQLite's file; a later copy would take it up."""
    if connection.vendor == "sqlite":
        for ending in ("-wal", "-shm"):
            Path(f"{name}{ending}").unlink(missing_ok=True)


def _lead_to(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _open_template(key: str) -> None:
    """Have the connection lead to the template called `key`, made if need be."""
    marker = settings.DATA_DIR / f"template-{connection.vendor}-{key}.made"
    name = _name(key)
    if marker.exists() and _is_filled(name):
        return
    connection.settings_dict["TEST"]["NAME"] = name
    setup_databases(verbosity=0, interactive=False)
    call_command("demo")
    marker.touch()
    _drop_others(key)


def _is_filled(name: str) -> bool:
    """Have the connection lead to the database `name`; say whether the demo content is there."""
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        return Region.objects.exists()
    except DatabaseError:
        return False


def _name(key: str) -> str:
    if connection.vendor == "sqlite":
        return str(settings.DATA_DIR / f"template_{key}.sqlite3")
    return f"{SITES_OWN}_template_{key}"


def _drop_others(key: str) -> None:
    """Drop the templates of other states of the code; copies go with the processes that use them."""
    if connection.vendor == "sqlite":
        for old in settings.DATA_DIR.glob(f"template_{'?' * len(key)}.sqlite3"):
            if old != Path(_name(key)):
                old.unlink()
        return
    with connection.cursor() as cursor:
        names = [_name("_" * len(key)), _name(key)]
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s AND datname <> %s", names)
        for (name,) in cursor.fetchall():
            with suppress(OperationalError):  # somebody is copying it
                cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)}")


def state_of_the_code(*, is_kept: bool) -> str:
    """Return the key of what is made of the present code, or of what is kept whatever becomes of it."""
    return "kept" if is_kept else _key()


def _key() -> str:
    """Return a hash of all sources."""
    found = sha256()
    for source in SOURCES:
        for path in sorted((ROOT / source).rglob("*")) or [ROOT / source]:
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return found.hexdigest()[:12]

"""Whether this process can serve: the database, its migrations, the cache."""

import logging
from collections.abc import Callable
from functools import cache
from typing import NamedTuple
from uuid import uuid4

from django.core.cache import cache as shared_cache
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

logger = logging.getLogger(__name__)

WELL = "well"


class UnappliedError(Exception):
    """The database lacks migrations of this code."""


class ReadinessPart(NamedTuple):
    """A part that the site rests on: its name, what is the matter, and whether nothing works without it."""

    name: str
    state: str
    is_needed: bool

    @property
    def is_well(self) -> bool:
        """Say whether nothing is the matter."""
        return self.state == WELL


def register(name: str, ask: Callable[[], str], *, is_needed: bool = False) -> None:
    """Have `ask` say how the part called `name` is: WELL, or what is the matter."""
    PARTS[name] = (ask, is_needed)


def readiness() -> list[ReadinessPart]:
    """Return how each part is."""
    return [ReadinessPart(name, _state(ask), is_needed) for name, (ask, is_needed) in PARTS.items()]


def _state(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except (Error, OSError):
        logger.warning("A part of the site does not answer.", exc_info=True)
        return "does not answer"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return WELL


def _migrations() -> str:
    try:
        _require_applied()
    except UnappliedError as error:
        return str(error)
    return WELL


@cache
def _require_applied() -> None:
    """Raise UnappliedError while migrations of this code are missing; once none is, never asked again."""
    executor = MigrationExecutor(connection)
    if missing := len(executor.migration_plan(executor.loader.graph.leaf_nodes())):
        raise UnappliedError(f"{missing} to be applied")


def _cache() -> str:
    key, value = f"monitoring.{uuid4().hex}", uuid4().hex
    shared_cache.set(key, value, timeout=10)
    found = shared_cache.get(key)
    shared_cache.delete(key)
    return WELL if found == value else "does not answer; the site goes on without it"


PARTS: dict[str, tuple[Callable[[], str], bool]] = {
    "database": (_database, True),
    "migrations": (_migrations, True),
    "cache": (_cache, False),
}

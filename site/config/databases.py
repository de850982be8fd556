"""How the site connects to its database, as DATABASE_URL names it."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

SQLITE = {
    # Without an immediate lock, concurrent writers fail with "database is locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


def connected(parsed: dict[str, Any], *, keep_seconds: int, pool: str) -> dict[str, Any]:
    """Return what DATABASES needs for `parsed`, as DATABASE_URL was read.

    A connection is kept for `keep_seconds`, or belongs to a `pool` of a process: at least and at most how
    many, as in "2-8", blank for none. Raises ImproperlyConfigured where these contradict each other.
    """
    if parsed["ENGINE"].endswith("sqlite3"):
        if pool:
            raise ImproperlyConfigured("DATABASE_POOL is for PostgreSQL, and DATABASE_URL names SQLite.")
        options = {**SQLITE, **parsed.get("OPTIONS", {})}
        return {**parsed, "ENGINE": "config.sqlite3", "OPTIONS": options, "CONN_MAX_AGE": keep_seconds}
    options = dict(parsed.get("OPTIONS", {}))
    if "conn_max_age" in options:
        raise ImproperlyConfigured("Say DATABASE_CONN_MAX_AGE, instead of conn_max_age in DATABASE_URL.")
    if pool:
        least, most = _sizes(pool)
        options["pool"] = {"min_size": least, "max_size": most, "timeout": 10}
    age = 0 if pool else keep_seconds  # a pool keeps them itself
    return {**parsed, "OPTIONS": options, "CONN_MAX_AGE": age, "CONN_HEALTH_CHECKS": True}


def _sizes(pool: str) -> tuple[int, int]:
    least, _dash, most = pool.partition("-")
    if not (least.isascii() and least.isdigit() and most.isascii() and most.isdigit()):
        raise ImproperlyConfigured(f"DATABASE_POOL has to be like 2-8, not {pool!r}.")
    if not 1 <= int(most) >= int(least):
        raise ImproperlyConfigured(f"DATABASE_POOL has to have at least one connection, not {pool!r}.")
    return int(least), int(most)

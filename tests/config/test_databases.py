"""How the site connects to its database."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.databases import connected

POSTGRESQL = {"ENGINE": "django.db.backends.postgresql", "NAME": "site"}
SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": "site.sqlite3"}


def test_connections_to_postgresql_are_kept_and_tried_before_use():
    kept = connected(POSTGRESQL, keep_seconds=600, pool="")
    assert (kept["CONN_MAX_AGE"], kept["CONN_HEALTH_CHECKS"]) == (600, True)
    assert "pool" not in kept["OPTIONS"]


def test_a_pool_keeps_them_itself():
    pooled = connected(POSTGRESQL, keep_seconds=600, pool="2-8")
    assert pooled["CONN_MAX_AGE"] == 0
    assert (pooled["OPTIONS"]["pool"]["min_size"], pooled["OPTIONS"]["pool"]["max_size"]) == (2, 8)


def test_options_in_the_url_hold_beside_ours():
    given = {**POSTGRESQL, "OPTIONS": {"sslmode": "require"}}
    assert connected(given, keep_seconds=0, pool="1-2")["OPTIONS"]["sslmode"] == "require"
    assert (
        connected({**SQLITE, "OPTIONS": {"timeout": 5}}, keep_seconds=0, pool="")["OPTIONS"]["timeout"] == 5
    )


def test_writers_of_sqlite_take_turns():
    assert connected(SQLITE, keep_seconds=600, pool="")["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize("pool", ["8", "8-2", "0-0", "-", "a-b", "2-٨", "-1-2"])
def test_what_is_no_pool_is_refused(pool):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_POOL"):
        connected(POSTGRESQL, keep_seconds=0, pool=pool)


def test_what_contradicts_is_refused():
    with pytest.raises(ImproperlyConfigured, match="is for PostgreSQL"):
        connected(SQLITE, keep_seconds=0, pool="2-8")
    with pytest.raises(ImproperlyConfigured, match="DATABASE_CONN_MAX_AGE"):
        connected({**POSTGRESQL, "OPTIONS": {"conn_max_age": 60}}, keep_seconds=0, pool="")

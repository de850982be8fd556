"""The backend, as DATABASES names it."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from .reserve import give, refill


class DatabaseWrapper(base.DatabaseWrapper):
    """Has some of a reserve given up where there is no room for what SQLite needs to open the database."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Return a connection, through which the database can be read."""
        if self.is_in_memory_db():
            return super().get_new_connection(conn_params)
        database = Path(conn_params["database"])
        try:
            connection = self._readable(conn_params)
        except sqlite3.OperationalError:
            if not give(database):
                raise
            connection = self._readable(conn_params)
        with suppress(OSError):  # what there is room for
            refill(database)
        return connection

    def _readable(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Return a connection that has been read through: only then SQLite opens all its files."""
        connection = super().get_new_connection(conn_params)
        try:
            connection.execute("PRAGMA schema_version").fetchall()
        except sqlite3.OperationalError:
            connection.close()
            raise
        return connection

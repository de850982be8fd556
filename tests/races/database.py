"""A copy of the tests' database: what two processes write at once cannot be rolled back."""

from collections.abc import Iterator
from contextlib import contextmanager
from os import getpid

from django.db import connection, connections


@contextmanager
def copied(template: str) -> Iterator[str]:
    """Give the name of a copy of the database `template`, which this process uses until it goes."""
    name = f"{template}_races_{getpid()}"
    with _maintenance() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        use(name)
        yield name
    finally:
        connections.close_all()
        with _maintenance() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def use(name: str) -> None:
    """Have this process work in the database `name`."""
    connections.close_all()
    connection.settings_dict["NAME"] = name


@contextmanager
def _maintenance() -> Iterator[object]:
    """Give a cursor outside of any database that is copied or goes."""
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        yield cursor

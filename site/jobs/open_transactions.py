"""What a task leaves open is undone: else all that its thread writes from then on would never hold."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.transaction import TransactionManagementError


@contextmanager
def none_left_open() -> Iterator[None]:
    """Undo a transaction that was begun inside and not ended.

    Raises TransactionManagementError where nothing else tells that its work is lost.
    """
    was_outside = not connection.in_atomic_block
    try:
        yield
    except BaseException:
        _undo(is_left=was_outside and connection.in_atomic_block)
        raise
    if _undo(is_left=was_outside and connection.in_atomic_block):
        raise TransactionManagementError("It left a transaction open, which was undone.")


def _undo(*, is_left: bool) -> bool:
    """Give up the connection, and with it the transaction, if one is left; the next use makes another."""
    if is_left:
        connection.close()
        del connections[DEFAULT_DB_ALIAS]
    return is_left

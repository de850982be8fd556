"""Room on the disk that is kept for opening the database, when there is no other.

SQLite has an index of its write-ahead log in a file of its own, which the last process to leave deletes
and the next one makes: on a full disk nobody could open the database, not even to read.
Source: sqlite.org/wal.html, section 2.
"""

from pathlib import Path

SIZE = 1_048_576
STEP = 65_536  # twice what the index takes at first


def reserve_of(database: Path) -> Path:
    """Return where the reserve of `database` lies."""
    return database.with_name(f"{database.name}-reserve")


def give(database: Path) -> bool:
    """Give up a step of the reserve; say whether there was one."""
    reserve = reserve_of(database)
    held = reserve.stat().st_size if reserve.exists() else 0
    if held:
        with reserve.open("r+b") as file:
            file.truncate(max(0, held - STEP))
    return bool(held)


def refill(database: Path) -> None:
    """Fill the reserve up again. Raises OSError where the disk has no room."""
    reserve = reserve_of(database)
    held = reserve.stat().st_size if reserve.exists() else 0
    if held < SIZE:
        with reserve.open("ab", buffering=0) as file:
            file.write(bytes(SIZE - held))

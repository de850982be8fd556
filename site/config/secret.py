"""A machine's own secrets, made once and kept out of the repository; and files that are nobody else's."""

import os
import secrets
from pathlib import Path


def local_secret(path: Path, length: int = 48) -> str:
    """Return the secret kept at `path`, making it of `length` bytes, for its owner only, if need be."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secret := secrets.token_urlsafe(length))
    return secret


def make_private(name: str) -> None:
    """Have the database's file at `name`, if it is a file yet to be made, made for its owner only.

    SQLite gives what it keeps beside the file the same permissions.
    """
    path = Path(name)
    if path.is_absolute() and path.parent.is_dir() and not path.exists():
        path.touch(mode=0o600)

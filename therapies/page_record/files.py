"""Our own static and media files, by the addresses at which pages name them."""

from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.core.files.storage import Storage, default_storage


def read(address: str) -> bytes | None:
    """Return the content of our file at `address` (absolute), None where there is none of ours."""
    if name := _name(address, settings.STATIC_URL):
        return _found(name) or _stored(staticfiles_storage, name)
    if name := _name(address, settings.MEDIA_URL):
        return _stored(default_storage, name)
    return None


def _name(address: str, base: str) -> str:
    """Return the name of the file at `address` below `base`, which may have a host of its own."""
    start = urlsplit(urljoin(address, base))
    parts = urlsplit(address)
    if parts.netloc != start.netloc or not parts.path.startswith(start.path):
        return ""
    return unquote(parts.path.removeprefix(start.path))


def _found(name: str) -> bytes | None:
    """Return the content of our source file `name`, None where there is none."""
    try:
        path = finders.find(name)
    except SuspiciousOperation:
        return None
    return Path(path).read_bytes() if isinstance(path, str) and Path(path).is_file() else None


def _stored(storage: Storage, name: str) -> bytes | None:
    try:
        with storage.open(name) as file:
            return bytes(file.read())
    except (OSError, SuspiciousOperation, ImproperlyConfigured):
        return None

"""The write-once place, where anchors are kept that this machine cannot change."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from therapies.models import Anchor

ALIAS = "anchors"
ENDING = ".json"
NAME = re.compile(rf"\d{{8}}{re.escape(ENDING)}")  # what else lies there is no anchor


def storage() -> Storage | None:
    """Return the place, None where the environment names none."""
    return storages[ALIAS] if ALIAS in settings.STORAGES else None


def keep(anchor: Anchor) -> None:
    """Put `anchor` there, unless somebody did meanwhile. Raises OSError, also over another of its number."""
    place, name = storage(), f"{anchor.number:08}{ENDING}"
    if place is None:
        return
    try:
        _put(place, name, anchor.as_json.encode())
    except OSError:
        if not _has(place, name, anchor):
            raise


def _put(place: Storage, name: str, content: bytes) -> None:
    if place.exists(name) or place.save(name, ContentFile(content)) != name:
        raise OSError(f"The write-once place has a {name} already.")


def _has(place: Storage, name: str, anchor: Anchor) -> bool:
    """Say whether just `anchor` lies there: two who make it at once put it there, each or either."""
    if not place.exists(name):
        return False
    with place.open(name) as file:
        return bool(file.read().decode() == anchor.as_json)


def anchors() -> Iterator[Anchor]:
    """Give the anchors that are there, the oldest first. Raises OSError, or ValueError for what is none."""
    place = storage()
    if place is None:
        return
    for name in _names(place):
        with place.open(name) as file:
            try:
                yield Anchor.from_json(file.read().decode())
            except (ValueError, LookupError, TypeError) as error:
                raise ValueError(f"{name} in the write-once place is no anchor: {error}") from error


def _names(place: Storage) -> list[str]:
    try:
        return sorted(name for name in place.listdir("")[1] if NAME.fullmatch(name))
    except FileNotFoundError:  # a folder that the first anchor makes
        return []

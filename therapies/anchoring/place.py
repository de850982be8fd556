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
    """Put `anchor` there. Raises OSError, also where there is one of its number already."""
    place, name = storage(), f"{anchor.number:08}{ENDING}"
    if place is None:
        return
    if place.exists(name) or place.save(name, ContentFile(anchor.as_json.encode())) != name:
        raise OSError(f"The write-once place has a {name} already.")


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

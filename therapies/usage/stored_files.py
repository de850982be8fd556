"""Which files are gone from where they are stored."""

import logging
from collections.abc import Hashable, Mapping
from typing import Any

from django.core.cache import cache
from django.core.files.storage import FileSystemStorage

logger = logging.getLogger(__name__)

MAX_REQUESTS = 50  # files about which a storage elsewhere is asked at a time
CACHE_SECONDS = 24 * 60 * 60  # for which a file that was there counts as being there


def without_file(files: Mapping[Any, Any]) -> set[Any]:
    """Return the keys of those `files` that are not stored any more.

    A disk of this machine's is asked about each. A storage elsewhere is slow: it is asked about a few,
    and what was found there is remembered for a day, so that all have their turn.
    """
    near = {key for key, file in files.items() if isinstance(file.storage, FileSystemStorage)}
    gone = {key for key in near if not files[key].storage.exists(files[key].name)}
    return gone | _gone_elsewhere({key: file for key, file in files.items() if key not in near})


def _gone_elsewhere(files: Mapping[Hashable, Any]) -> set[Any]:
    names = {key: f"stored:{file.name}" for key, file in files.items()}
    known = cache.get_many(names.values()) if names else {}
    asked = [key for key, name in names.items() if name not in known][:MAX_REQUESTS]
    answers = {key: _is_stored(files[key]) for key in asked}
    if there := {names[key]: True for key, answer in answers.items() if answer}:
        cache.set_many(there, CACHE_SECONDS)
    return {key for key, answer in answers.items() if answer is False}


def _is_stored(file: Any) -> bool | None:
    """Say whether its storage has `file`; None where that does not answer."""
    try:
        return bool(file.storage.exists(file.name))
    except Exception:  # each storage has errors of its own, and an editor must open without it
        logger.exception("It is not known whether the file %s is stored.", file.name)
        return None

"""The edition that pages are of now; the last one known while the database cannot be reached."""

import logging
from dataclasses import dataclass
from math import inf
from time import monotonic

from django.db import Error

from region_gate.models import Edition

from . import conf

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class PresentEdition:
    """An edition's name, and for how many seconds at most a page of it may still go out."""

    name: str
    seconds: float = inf

    @property
    def is_certain(self) -> bool:
        """Say whether the database says so, at this moment."""
        return self.seconds == inf


class Memory:
    """What a process remembers: the last edition it was told of, and when; how long to ask nothing."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.name: str | None = None
        self.told_at = self.silent_until = -inf

    def keep(self, name: str) -> PresentEdition:
        """Remember the edition that the database has just told."""
        if self.silent_until > -inf:
            logger.warning("The database answers again.")
        self.name, self.told_at, self.silent_until = name, monotonic(), -inf
        return PresentEdition(name)

    def fail(self, asked_at: float) -> None:
        """Ask nothing for as long as the question has just taken, so that pages do not wait for it."""
        is_news, self.silent_until = self.silent_until == -inf, 2 * monotonic() - asked_at
        if is_news:
            logger.exception("The database does not answer; pages of the last known edition go out.")

    def last(self) -> PresentEdition | None:
        """Return the last known edition, None where none is known or it is too long ago."""
        left = self.told_at + conf.max_stale() - monotonic()
        return PresentEdition(self.name, left) if self.name is not None and left > 0 else None


memory = Memory()


def present_edition() -> PresentEdition | None:
    """Return the present edition, with one query; None where neither database nor memory knows it."""
    asked_at = monotonic()
    if asked_at < memory.silent_until:
        return memory.last()
    try:
        name = Edition.current()
    except Error:
        memory.fail(asked_at)
        return memory.last()
    return memory.keep(name)

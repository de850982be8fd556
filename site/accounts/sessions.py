"""Sessions that end: some time after whoever opened them has last done something, and at most some hours on.

Named in the settings as Django's session engine, so that every reader of a session finds it over.
"""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

OPENED, SEEN = "opened_at", "seen_at"
GRAIN = 60  # seconds: what is done within them is written once


class SessionStore(DatabaseStore):
    """Django's store in the database, in which nobody is signed in any more whose time is over."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing when it is over."""
        held: dict[str, Any] = super().load()
        return {} if is_over(held, time.time()) else held


def is_over(held: dict[str, Any], now: float) -> bool:
    """Say whether a session that holds `held` is somebody's whose time is over at `now`."""
    if SESSION_KEY not in held:
        return False
    idle, whole = now - held.get(SEEN, 0), now - held.get(OPENED, 0)
    return idle > settings.SESSION_IDLE_MINUTES * 60 or whole > settings.SESSION_MAX_HOURS * 3600


def opened(session: SessionBase) -> None:
    """Begin to count the time of a person's session."""
    session[OPENED] = session[SEEN] = time.time()


def seen(session: SessionBase) -> None:
    """Keep that the person has done something just now."""
    if time.time() - session.get(SEEN, 0) > GRAIN:
        session[SEEN] = time.time()

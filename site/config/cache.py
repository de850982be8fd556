"""The shared cache, whose failure must neither stop nor slow the site.

django-redis takes what Redis does not answer for a miss. What it leaves to be done: not to wait for a
silent server at every question, and to make up for what could not be taken out of the cache meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Hashable
from threading import Lock
from time import monotonic
from typing import Any

from django_redis.exceptions import ConnectionInterrupted
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NoConnectionError
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

CONNECT_SECONDS, ANSWER_SECONDS = 0.25, 0.5
PAUSE_SECONDS = 10  # during which a process leaves a server alone that has not answered
CHANGING = frozenset({"SET", "DEL", "UNLINK", "EXPIRE", "PEXPIRE", "PERSIST", "INCRBY", "DECRBY"})


def backend(parsed: dict[str, Any]) -> dict[str, Any]:
    """Return what CACHES needs for `parsed`, as CACHE_URL was read: ours for Redis, else the same."""
    if not parsed["BACKEND"].endswith("RedisCache"):
        return parsed
    options = {
        "IGNORE_EXCEPTIONS": True,
        "REDIS_CLIENT_CLASS": "config.cache.PatientRedis",
        "SOCKET_CONNECT_TIMEOUT": CONNECT_SECONDS,
        "SOCKET_TIMEOUT": ANSWER_SECONDS,
        # Once more on a fresh connection: the old one has ended where the server was started anew.
        "CONNECTION_POOL_KWARGS": {"retry": Retry(NoBackoff(), 1, (NoConnectionError,))},
    }
    given = parsed.get("OPTIONS", {})
    return {**parsed, "BACKEND": "django_redis.cache.RedisCache", "OPTIONS": {**options, **given}}


class Outage:
    """What a process knows of a server that does not answer: until when to leave it alone, what it missed."""

    def __init__(self) -> None:
        """Begin with a server that answers."""
        self._lock = Lock()
        self._until = 0.0
        self._missed: set[Hashable] = set()

    @property
    def lasts(self) -> bool:
        """Say whether the server is to be left alone now."""
        return monotonic() < self._until

    def begin(self) -> bool:
        """Leave the server alone for a while; say whether this is the first that is known of it."""
        with self._lock:
            is_new = not self._until
            self._until = monotonic() + PAUSE_SECONDS
        return is_new

    def end(self) -> bool:
        """Ask the server again from now on; say whether it had been left alone."""
        with self._lock:
            was_out, self._until = bool(self._until), 0.0
        return was_out

    def miss(self, command: tuple[Any, ...]) -> None:
        """Keep in mind which keys `command` would have changed."""
        name, *rest = command
        if name in CHANGING:
            self._missed.update(rest if name in ("DEL", "UNLINK") else rest[:1])

    def take_missed(self) -> list[Hashable]:
        """Return the keys whose values may be out of date, and forget them."""
        with self._lock:
            missed, self._missed = [*self._missed], set()
        return missed


class PatientRedis(Redis):
    """A client that leaves a silent server alone for a while, then first takes out what is out of date."""

    outages: dict[str, Outage] = {}  # by server, for all clients in this process

    @property
    def outage(self) -> Outage:
        """Return what is known of this client's server."""
        place = self.connection_pool.connection_kwargs
        return self.outages.setdefault(f"{place.get('host')}:{place.get('port')}/{place.get('db')}", Outage())

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Ask the server. Raises ConnectionInterrupted, which is then ignored, where that is in vain."""
        outage = self.outage
        if outage.lasts:
            outage.miss(args)
            raise ConnectionInterrupted(self)
        try:
            self._catch_up(outage)
            answer = super().execute_command(*args, **options)
        except RedisError as error:
            outage.miss(args)
            if outage.begin():
                logger.exception("The cache does not answer; the site goes on without it. %s", error)
            raise ConnectionInterrupted(self) from error
        if outage.end():
            logger.warning("The cache answers again.")
        return answer

    def _catch_up(self, outage: Outage) -> None:
        missed = outage.take_missed()
        try:
            if missed:
                super().execute_command("DEL", *missed)
        except RedisError:
            outage.miss(("DEL", *missed))
            raise

    def pipeline(self, *args: Any, **options: Any) -> Any:
        """Return what sends several commands together. Raises ConnectionInterrupted as above."""
        if self.outage.lasts:
            raise ConnectionInterrupted(self)
        return super().pipeline(*args, **options)

"""The worker: one process, a thread for each line of work, one that plans and one that counts."""

import logging
import os
import signal
import socket
from collections.abc import Callable
from functools import partial
from threading import Event, Thread
from time import monotonic

from django.db import close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string

from . import attempts, watching
from .planning import plan
from .registry import QUEUES

logger = logging.getLogger(__name__)

PLAN_SECONDS = 5
POLL_SECONDS = 1  # between two looks at a line in which nothing waits
GRACE_SECONDS = 20  # for what is under way when the worker is to end


def new_name() -> str:
    """Return a name that no other worker has: the machine, the process, and a few letters."""
    machine = socket.gethostname().replace("/", "")[:40]
    return f"{machine}:{os.getpid()}:{get_random_string(6)}"


class Worker:
    """Plans what is due and does what waits, until it is told to stop."""

    def __init__(self) -> None:
        """Take a name."""
        self.name = new_name()
        self.stopping = Event()
        self._observer = watching.Observer()

    def run(self) -> None:
        """Work until `stop` is called; then finish what is under way, or put it back."""
        watching.enter(self.name)
        lines = [self._start(partial(self._work, queue), POLL_SECONDS) for queue in QUEUES]
        beating = self._start(self._beat, watching.BEAT_SECONDS)
        self._repeat(self._plan, PLAN_SECONDS)
        end = monotonic() + GRACE_SECONDS
        for thread in (*lines, beating):
            thread.join(max(0.1, end - monotonic()))
        watching.leave(self.name)

    def run_once(self) -> None:
        """Do what is due and what waits, and end."""
        watching.enter(self.name)
        beating = self._start(self._beat, watching.BEAT_SECONDS)
        try:
            watching.bury_by_the_clock(timezone.now())
            plan()
            for queue in QUEUES:
                self._empty(queue)
        finally:
            self.stop()
            beating.join()
            watching.leave(self.name)

    def stop(self) -> None:
        """Have the worker end soon."""
        self.stopping.set()

    def _start(self, act: Callable[[], None], pause: float) -> Thread:
        # What does not end in time is left to end with the process.
        thread = Thread(target=self._repeat, args=(act, pause), daemon=True)
        thread.start()
        return thread

    def _repeat(self, act: Callable[[], None], pause: float) -> None:
        """Do `act` again and again, whatever comes of it: a database may be away for a while."""
        while not self.stopping.is_set():
            try:
                close_old_connections()
                act()
            except Exception:
                logger.exception("The worker goes on after an error.")
            self.stopping.wait(pause)
        connections.close_all()

    def _plan(self) -> None:
        plan()
        watching.bury(self._observer, monotonic())

    def _beat(self) -> None:
        if not watching.beat(self.name):
            logger.critical("Others have taken over from this worker, for it stood still; it ends.")
            os.kill(os.getpid(), signal.SIGKILL)  # at once: another is at its work

    def _work(self, queue: str) -> None:
        """Do all that waits in `queue`, after putting back what an error of the database left unfinished."""
        attempts.interrupt([self._line(queue)])
        while not self.stopping.is_set() and self._next(queue):
            close_old_connections()

    def _empty(self, queue: str) -> None:
        while self._next(queue):
            pass

    def _next(self, queue: str) -> bool:
        result = attempts.claim(queue, self._line(queue))
        if result:
            attempts.perform(result)
        return result is not None

    def _line(self, queue: str) -> str:
        return f"{self.name}/{queue}"

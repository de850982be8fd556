"""The worker: one process, a thread for each line of work, one that plans and one that counts."""

import logging
import os
import signal
import socket
from collections.abc import Callable
from functools import partial
from threading import Event, Thread
from time import monotonic, sleep

from django.db import close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string

from . import attempts, watching
from .planning import plan
from .registry import QUEUES

logger = logging.getLogger(__name__)

PLAN_SECONDS = 5
POLL_SECONDS = 1  # between two looks at a line in which nothing waits
LISTEN_SECONDS = 0.2  # between two looks at whether it was told to stop
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
        self._is_told = False
        self._stopping = Event()
        self._observer = watching.Observer()

    def run(self) -> None:
        """Work until `stop` is called; then finish what is under way, or put it back."""
        watching.enter(self.name)
        lines = [self._start(partial(self._work, queue), POLL_SECONDS) for queue in QUEUES]
        beating = self._start(self._beat, watching.BEAT_SECONDS)
        planning = self._start(self._plan, PLAN_SECONDS)
        while not self._is_told:
            sleep(LISTEN_SECONDS)
        self._end([*lines, beating, planning])

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
            self._end([beating])

    def stop(self) -> None:
        """Have the worker end soon; to be called by whatever signal, so it waits for no lock."""
        self._is_told = True

    def _end(self, threads: list[Thread]) -> None:
        """Give what is under way some time, then put it back."""
        self._stopping.set()
        end = monotonic() + GRACE_SECONDS
        for thread in threads:
            thread.join(max(0.1, end - monotonic()))
        watching.leave(self.name)

    def _start(self, act: Callable[[], None], pause: float) -> Thread:
        # What does not end in time is left to end with the process.
        thread = Thread(target=self._repeat, args=(act, pause), daemon=True)
        thread.start()
        return thread

    def _repeat(self, act: Callable[[], None], pause: float) -> None:
        """Do `act` again and again, whatever comes of it: a database may be away for a while."""
        was_well = True
        while not self._stopping.is_set():
            was_well = self._try(act, was_well=was_well)
            self._stopping.wait(pause)
        connections.close_all()

    def _try(self, act: Callable[[], None], *, was_well: bool) -> bool:
        """Do `act`; say whether that went well, and in the log when that changes."""
        try:
            close_old_connections()
            act()
        except Exception:
            if was_well:
                logger.exception("The worker has trouble, and goes on trying.")
            return False
        if not was_well:
            logger.warning("The worker is well again.")
        return True

    def _plan(self) -> None:
        plan()
        watching.bury(self._observer, monotonic())

    def _beat(self) -> None:
        if not watching.beat(self.name):
            logger.critical("Others have taken over from this worker, for it stood still; it ends.")
            os.kill(os.getpid(), signal.SIGKILL)  # at once: another is at its work

    def _work(self, queue: str) -> None:
        """Do all that waits in `queue`, after putting back what an error of the database left unfinished."""
        for left in attempts.running():
            if attempts.holder(left) == self._line(queue):
                attempts.put_back(left)
        while not self._stopping.is_set() and self._next(queue):
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

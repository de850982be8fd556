"""Work shared out among processes: an answer to each item, in the items' order, or an error."""

import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Any, Self, TypeVar

MAX_JOBS = 64
PATIENCE = 5  # seconds until a process that does not end is ended

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class JobError(Exception):
    """A process failed, or ended before its work was done."""


class Job:
    """A process of its own, with connections of its own, that works on one item at a time."""

    def __init__(self) -> None:
        """Start the process, which a keyboard's interrupt does not reach: its parent ends it."""
        context = get_context("spawn")  # a forked one would share the connections to the database
        self.pipe, there = context.Pipe()
        self._process: SpawnProcess = context.Process(target=_work, args=(there,), daemon=True)
        with _interrupts_held():
            self._process.start()
        there.close()  # so that the pipe ends with the process

    def send(self, work: Callable[[Item], Any], item: Item) -> None:
        """Have the process do `work` on `item`. Raises JobError where it has ended."""
        with self._death_told(item):
            self.pipe.send((work, item))

    def receive(self, item: Any) -> Any:
        """Return the answer to `item`. Raises JobError with the trace where the work failed."""
        with self._death_told(item):
            is_done, answer = self.pipe.recv()
        if not is_done:
            raise JobError(f"The work on {item!r} failed.\n{answer}")
        return answer

    def end(self, *, is_done: bool) -> None:
        """End the process, at once unless its work is done."""
        self.pipe.close()
        if not is_done:
            self._process.terminate()
        self._process.join(PATIENCE)
        self._process.kill()
        self._process.join()

    @contextmanager
    def _death_told(self, item: Any) -> Iterator[None]:
        try:
            yield
        except (EOFError, OSError) as error:
            self._process.join(PATIENCE)
            code = self._process.exitcode
            raise JobError(f"A process ended with exit code {code} while it worked on {item!r}.") from error


class Jobs:
    """Up to `number` processes, started when there is work for them; all are gone at the end of the block."""

    def __init__(self, number: int) -> None:
        """Take the number of processes; 1 works in this one."""
        self._number = number
        self._jobs: list[Job] = []

    def __enter__(self) -> Self:
        """Start none as yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End every process, at once after an error or an interrupt."""
        while self._jobs:
            self._jobs.pop().end(is_done=kind is None)

    def map(self, work: Callable[[Item], Answer], items: Sequence[Item]) -> Iterator[Answer]:
        """Give the answers to `items` in their order. Raises JobError.

        `work` is a function of a module, the items and answers can be pickled.
        """
        if self._number == 1:
            return map(work, items)
        self._start(min(self._number, len(items)))
        return self._in_order(work, items)

    def _start(self, number: int) -> None:
        while len(self._jobs) < number:
            self._jobs.append(Job())

    def _in_order(self, work: Callable[[Item], Answer], items: Sequence[Item]) -> Iterator[Answer]:
        ready: dict[int, Answer] = {}
        answers = self._as_they_come(work, items)
        for number in range(len(items)):
            while number not in ready:
                done, answer = next(answers)
                ready[done] = answer
            yield ready.pop(number)

    def _as_they_come(
        self, work: Callable[[Item], Answer], items: Sequence[Item]
    ) -> Iterator[tuple[int, Answer]]:
        due = iter(enumerate(items))
        busy: dict[Any, tuple[Job, int]] = {}
        for job, (number, item) in zip(self._jobs, due, strict=False):
            job.send(work, item)
            busy[job.pipe] = job, number
        while busy:
            for pipe in wait([*busy]):
                job, number = busy.pop(pipe)
                answer = job.receive(items[number])
                if further := next(due, None):
                    job.send(work, further[1])
                    busy[pipe] = job, further[0]
                yield number, answer


def _work(pipe: Connection) -> None:
    """Answer what comes through `pipe` until it ends, as it does with the parent."""
    import django

    django.setup()
    with suppress(EOFError):
        while True:
            work, item = pipe.recv()
            _answer(pipe, work, item)


def _answer(pipe: Connection, work: Callable[[Any], Any], item: Any) -> None:
    try:
        pipe.send((True, work(item)))
    except Exception:  # whatever it is, it is the parent's to tell
        pipe.send((False, traceback.format_exc()))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold interrupts from the keyboard back meanwhile, and from the processes started here for good."""
    resource_tracker.ensure_running()  # its start would let them through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

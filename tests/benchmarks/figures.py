"""A figure: what was measured, what it must reach, and how it is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time


@dataclass(frozen=True)
class Figure:
    """Something measured; `limit` is what it must be at least (`at_least`) or at most, None if free."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        """Say whether the figure reaches what it must."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    @property
    def demand(self) -> str:
        """Return what the figure must reach, in words."""
        if self.limit is None:
            return ""
        return f"{'at least' if self.at_least else 'at most'} {self.limit:g}"


def seconds(work: Callable[[], object], repeats: int = 25, rounds: int = 1) -> float:
    """Return how long `work` takes: the median of `repeats` calls, in the quickest of some `rounds`.

    A slow round tells what else the machine did (Python's manual, timeit); a slow call in a round
    may be the work's own.
    """
    return min(median(_run(work, 1) for _ in range(repeats)) for _ in range(rounds))


def cpu_seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """Return how long this process computes for `work`, whatever else the machine does: the median."""
    return median(_computed(work) for _ in range(repeats))


def seconds_each(
    first: Callable[[], object], second: Callable[[], object], repeats: int = 40, times: int = 1
) -> tuple[float, float]:
    """Return how long two things take, run in turn so that the machine's moods meet both alike.

    Each turn is a run of `times` calls.
    """
    pairs = [(_run(first, times), _run(second, times)) for _ in range(repeats)]
    return median(one for one, _ in pairs) / times, median(two for _, two in pairs) / times


def machine_figure() -> Figure:
    """Return how long this machine takes for a plain loop, by which figures of two days can be compared."""
    return Figure("this machine: a million squares", seconds(_squares, repeats=5, rounds=5) * 1000, "ms")


def _squares() -> None:
    for number in range(1_000_000):
        number * number


def _run(work: Callable[[], object], times: int) -> float:
    start = perf_counter()
    for _ in range(times):
        work()
    return perf_counter() - start


def _computed(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start

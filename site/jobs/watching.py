"""Which workers live: each counts on, and whoever stands still for a minute is gone.

Others measure that minute by a clock that nobody can put forward or back, so no change of any machine's
time makes a living worker look dead.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from . import attempts
from .models import WorkerBeat

BEAT_SECONDS = 5
SILENT_SECONDS = 45
# For who looks once only, and so cannot see whether somebody counts on.
SILENT_LONG = timedelta(minutes=10)


@dataclass
class Observer:
    """Remembers when it first saw each worker at its present count."""

    seen: dict[str, tuple[int, float]] = field(default_factory=dict)

    def silent(self, counts: dict[str, int], seconds: float) -> list[str]:
        """Return the workers that have not counted on for long, at `seconds` of a steady clock."""
        self.seen = {
            name: self.seen[name] if self.seen.get(name, (None, 0))[0] == count else (count, seconds)
            for name, count in counts.items()
        }
        return [name for name, (_count, since) in self.seen.items() if seconds - since >= SILENT_SECONDS]


def enter(worker: str) -> None:
    """Begin to give signs of life."""
    WorkerBeat.objects.create(id=worker)


def beat(worker: str) -> bool:
    """Give a sign of life; say whether the others still take the worker for living."""
    return bool(WorkerBeat.objects.filter(pk=worker).update(count=F("count") + 1, at=timezone.now()))


def leave(worker: str) -> None:
    """Say that the worker ends, and put back what it could not finish."""
    WorkerBeat.objects.filter(pk=worker).delete()
    take_over()


def bury(observer: Observer, seconds: float) -> None:
    """Take out the workers that are gone, and put back what they were at."""
    counts = dict(WorkerBeat.objects.values_list("pk", "count"))
    _take_out({name: counts[name] for name in observer.silent(counts, seconds)})
    take_over()


def bury_by_the_clock(now: datetime) -> None:
    """Do so for who looks once: by when the workers were last heard of."""
    old = WorkerBeat.objects.filter(at__lt=now - SILENT_LONG)
    _take_out(dict(old.values_list("pk", "count")))
    take_over()


def _take_out(counts: dict[str, int]) -> None:
    for name, count in counts.items():
        WorkerBeat.objects.filter(pk=name, count=count).delete()  # unless it counts on after all


def take_over() -> int:
    """Put back what was claimed by workers that are no more; return how many tasks that are."""
    running = attempts.running()
    # After that, not before: who begins meanwhile is among them before it claims anything.
    living = {*WorkerBeat.objects.values_list("pk", flat=True)}
    left = (one for one in running if attempts.holder(one).partition("/")[0] not in living)
    return sum(map(attempts.put_back, left))

"""The jobs that there are; the site's own are listed in `config.jobs`.

An app adds one of its own with `register(ScheduledJob(…))` from its `AppConfig.ready`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from .moments import Moments
from .retries import Pauses

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# A line of work of the worker's: what waits in one is done in its order, and never waits for another's.
PROMPT, SLOW, MAIL, PURGE = "default", "slow", "mail", "purge"
QUEUES = (PROMPT, SLOW, MAIL, PURGE)


@dataclass(frozen=True, slots=True)
class ScheduledJob:
    """What is done at certain moments, each once, on however many machines.

    `name` stands for it in the database; `run` does it, and returns what came of it, in words. It is
    overdue `late` after its moment, and tried again after each of `pauses` where it breaks off.
    """

    name: str
    title: "StrOrPromise"
    run: Callable[[], str]
    when: Moments
    late: timedelta
    pauses: Pauses
    queue: str = PROMPT


_jobs: dict[str, ScheduledJob] = {}


def register(job: ScheduledJob) -> None:
    """Add `job`, in the place of one of the same name."""
    _jobs[job.name] = job


def jobs() -> list[ScheduledJob]:
    """Return all jobs, in the order in which they were added."""
    return [*_jobs.values()]


def job_named(name: str) -> ScheduledJob:
    """Return the job called `name`. Raises LookupError where there is none."""
    return _jobs[name]

"""A worker in a process of its own: `python -m tests.jobs.working FOLDER KIND` runs until it is stopped.

Its jobs write into FOLDER what they do. It takes others for gone after three seconds.
"""

import os
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
NUMBER = 50


def note(folder: Path, name: str, what: str) -> None:
    """Write down that the job `name` did `what`, in this process."""
    with (folder / name).open("a") as file:
        file.write(f"{what} {os.getpid()}\n")


def quick(folder: Path, name: str) -> str:
    """Do what takes a moment."""
    note(folder, name, "begin")
    time.sleep(0.02)
    note(folder, name, "end")
    return "Done."


def slow(folder: Path, name: str) -> str:
    """Do what takes long the first time that it is tried."""
    is_first = not (folder / name).exists()
    note(folder, name, "begin")
    if is_first:
        time.sleep(60)
    note(folder, name, "end")
    return "Done."


class Once:
    """One moment, however long the test takes."""

    begins_at_once = True

    def latest(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Return the moment."""
        return datetime(2026, 1, 1, tzinfo=UTC)

    def next(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Return one that never comes."""
        return datetime(9000, 1, 1, tzinfo=UTC)


def main() -> None:
    """Register the jobs, and work."""
    import django

    django.setup()
    from jobs import registry, watching, worker

    folder, kind = Path(sys.argv[1]), sys.argv[2]
    watching.BEAT_SECONDS, watching.SILENT_SECONDS, worker.PLAN_SECONDS = 0.5, 3, 0.5
    worker.GRACE_SECONDS = 1
    registry._jobs.clear()
    run, number = (quick, NUMBER) if kind == "quick" else (slow, 1)
    for name in (f"job-{one}" for one in range(number)):
        late = timedelta(minutes=15)
        registry.register(registry.ScheduledJob(name, name, partial(run, folder, name), Once(), late, ()))
    one = worker.Worker()
    signal.signal(signal.SIGTERM, lambda *_given: one.stop())
    print("runs", flush=True)
    one.run()


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    main()

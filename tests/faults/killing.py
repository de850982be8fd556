"""Processes that are killed at work: `python -m tests.faults.killing ROUNDS PEOPLE` on the site's database.

In each round somebody sends and approves pages, and does the job that publishes the scheduled ones, until
they are killed after a random while. Then as many PEOPLE do the same at once. Prints what is half done, and
exits with 1 where anything is.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Iterable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone

if TYPE_CHECKING:
    from django.test import Client

    from tests.races.world import World

ROOT = Path(__file__).resolve().parents[2]
SECONDS = (0.05, 1.5)
PAGES = 3  # of each person that is let be
SOON = 0.2  # seconds until a scheduled page goes live


def work(name: str, numbers: Iterable[int]) -> None:
    """Publish pages called after `name`, the odd ones by schedule."""
    from tests.conftest import signed_in
    from tests.races.world import World

    world, legal = World(), signed_in("eu-legal")
    for number in numbers:
        while not published(world, legal, f"{name}-{number}", is_scheduled=number % 2 == 1):
            print(f"{name}-{number}: waited too long, and tries again")


def published(world: "World", legal: "Client", title: str, *, is_scheduled: bool) -> bool:
    """Publish the page called `title`; say whether the database let it: SQLite lets one write at a time."""
    from django.db import OperationalError

    from home.locking import is_collision
    from tests.review.conftest import approve

    try:
        page = world.page(title, live=False)
        page.go_live_at = timezone.now() + timedelta(seconds=SOON) if is_scheduled else None
        world.send_page(page, title)
        answer = approve(legal, page, title.upper())
        assert answer.status_code == 302, answer.text
        if is_scheduled:
            time.sleep(SOON)
            do_job(title)
    except OperationalError as error:
        if not is_collision(error):
            raise
        return False
    return True


def do_job(worker: str) -> None:
    """Have `worker` publish what is scheduled, as a task of the worker's."""
    from jobs.tasks import run_job
    from tests.jobs.conftest import work as work_off

    run_job.enqueue("publish_scheduled")
    work_off(worker=worker)


def forked(name: str, numbers: Iterable[int]) -> int:
    """Have a process of its own work, and return its id."""
    from django.db import connections

    connections.close_all()
    if number := os.fork():
        return number
    try:
        work(name, numbers)
    except BaseException as error:
        print(f"{name}: {error!r}", flush=True)
        os._exit(1)
    os._exit(0)


def take_over() -> None:
    """Do what those who were killed were at, as another worker does."""
    from jobs import attempts

    for left in attempts.running():
        attempts.put_back(left)
    do_job("heir")


def half_done() -> list[str]:
    """Return what is live without an approval or the record, or the other way round; what no job has done."""
    from django_tasks_db.models import DBTaskResult, TaskResultStatus

    from home.models import StandardPage
    from jobs.registry import PROMPT
    from review.models import Approval
    from therapies.models import Publication

    pages = StandardPage.objects.filter(slug__startswith="kill-")
    approved = {*Approval.objects.filter(page__in=pages).values_list("revision", flat=True)}
    recorded = {*Publication.objects.open().values_list("subject", flat=True)}
    states = {
        page.slug: (page.live, page.latest_revision_id in approved, page.pk in recorded) for page in pages
    }
    print(f"{len(states)} pages, {sum(live for live, *_more in states.values())} of them live")
    undone = DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).filter(queue_name=PROMPT)
    return [
        *(f"{slug}: {state}" for slug, state in states.items() if len({*state}) > 1),
        *(f"{task.task_path}: {task.status}" for task in undone),
    ]


def main() -> int:
    """Kill, let others be, and judge."""
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment(debug=False)
    rounds, people = map(int, sys.argv[1:])
    work("kill-none", range(2))  # so that what follows has all loaded, and dies at work
    failed = [_killed(f"kill-{number}", count(number)) for number in range(rounds)]
    workers: list[Any] = [forked(f"kill-all-{number}", range(PAGES)) for number in range(people)]
    failed += [os.waitpid(worker, 0)[1] != 0 for worker in workers]
    take_over()
    amiss = half_done()
    print(*amiss, sep="\n")
    return int(any(failed) or bool(amiss))


def _killed(name: str, numbers: Iterable[int]) -> bool:
    """Kill somebody at work; say whether they had come to an end before."""
    worker = forked(name, numbers)
    time.sleep(random.uniform(*SECONDS))  # noqa: S311 - no secret
    os.kill(worker, signal.SIGKILL)
    return not os.WIFSIGNALED(os.waitpid(worker, 0)[1])


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    sys.exit(main())

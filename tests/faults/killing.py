"""People at work who are killed: `python -m tests.faults.killing ROUNDS PEOPLE` on the site's database.

In each round as many people send and approve pages at once, each in a process of their own; one that is to
die does so after a random while. Prints what is half done, and exits with 1 where anything is.
"""

import os
import random
import signal
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SECONDS = (0.05, 1.5)
PAGES = 3  # of each person that is let be


def work(name: str, *, until_killed: bool) -> None:
    """Send and approve pages called after `name`."""
    from tests.conftest import signed_in
    from tests.races.world import World
    from tests.review.conftest import approve

    world, legal = World(), signed_in("eu-legal")
    for number in count():
        if number == PAGES and not until_killed:
            return
        title = f"{name}-{number}"
        page = world.page(title, live=False)
        world.send_page(page, title)
        answer = approve(legal, page, f"{name.upper()}-{number}")
        assert answer.status_code == 302, answer.text


def forked(name: str, *, until_killed: bool) -> int:
    """Have a process of its own work, and return its id."""
    from django.db import connections

    connections.close_all()
    if number := os.fork():
        return number
    try:
        work(name, until_killed=until_killed)
    except BaseException as error:
        print(f"{name}: {error!r}", flush=True)
        os._exit(1)
    os._exit(0)


def half_done() -> list[str]:
    """Return what is live without an approval or the record, or the other way round."""
    from home.models import StandardPage
    from review.models import Approval
    from therapies.models import Publication

    pages = StandardPage.objects.filter(slug__startswith="kill-")
    approved = {*Approval.objects.filter(page__in=pages).values_list("revision", flat=True)}
    recorded = {*Publication.objects.open().values_list("subject", flat=True)}
    states = {
        page.slug: (page.live, page.latest_revision_id in approved, page.pk in recorded) for page in pages
    }
    print(f"{len(states)} pages, {sum(live for live, *_more in states.values())} of them live")
    return [f"{slug}: {state}" for slug, state in states.items() if len({*state}) > 1]


def main() -> int:
    """Kill, let others be, and judge."""
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment(debug=False)
    rounds, people = map(int, sys.argv[1:])
    failed = [_killed(f"kill-{number}") for number in range(rounds)]
    workers: list[Any] = [forked(f"kill-all-{number}", until_killed=False) for number in range(people)]
    failed += [os.waitpid(worker, 0)[1] != 0 for worker in workers]
    amiss = half_done()
    print(*amiss, sep="\n")
    return int(any(failed) or bool(amiss))


def _killed(name: str) -> bool:
    """Kill somebody at work; say whether they had come to an end before."""
    worker = forked(name, until_killed=True)
    time.sleep(random.uniform(*SECONDS))  # noqa: S311 - no secret
    os.kill(worker, signal.SIGKILL)
    return not os.WIFSIGNALED(os.waitpid(worker, 0)[1])


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    sys.exit(main())

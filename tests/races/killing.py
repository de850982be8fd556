"""A release is killed on its way: `python -m tests.races.killing DATABASE MOMENT` is what dies."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[2]

# What the process is about to do when it is killed, and the how manieth time that is.
MOMENTS = {
    "between two parts": ("review.releases.going_live._publish_one", 3),
    "within the record": ("therapies.page_record.signals.publish", 2),
    "before it is said to be live": ("review.releases.lifecycle._set", 1),
    "once it is live": ("region_gate.auditing.link_index.record", 1),
}
IS_LIVE = {"once it is live"}


def killed(database: str, moment: str) -> int:
    """Have a process make due releases live and be killed at `moment`; return its exit code."""
    command = [sys.executable, "-m", "tests.races.killing", database, moment]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != -signal.SIGKILL:
        print(done.stdout, done.stderr)
    return done.returncode


def dying(name: str, times: int) -> Callable[..., Any]:
    """Return what is called in the place of the function `name` and kills the process at its turn."""
    from django.utils.module_loading import import_string

    original, count = import_string(name), [0]

    def die_or_go_on(*args: Any, **kwargs: Any) -> Any:
        count[0] += 1
        if count[0] == times:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*args, **kwargs)

    return die_or_go_on


def put_together(number: int) -> Any:
    """Return a scheduled release of three pages and a label, due in an hour."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from review.models import Release
    from review.releases import lifecycle, parts
    from review.releases.renewals import leave_out, pages_to_renew
    from tests.review.releases.conftest import approve, fresh
    from tests.therapies.label_texts import say

    from .world import World

    world, person = World(), get_user_model().objects.get
    legal = person(username="eu-legal-3")
    release = Release.objects.create(
        name=f"Killed {number}", reason="So.", goes_live_at=timezone.now() + timedelta(hours=1)
    )
    release.regions.add(world.eu)
    label = world.label(world.product("Killian"))
    say(label, indication=f"<p>Round {number}.</p>")
    things = [label, *(world.page(f"killed-{one}") for one in "abc")]
    for thing in things:
        if thing is not label:
            thing.title = f"Killian in round {number}"
        step = world.send(thing, "eu-legal-3")
        parts.add(release, fresh(thing), legal)
        approve(step, "admin")
    for page in pages_to_renew(release):
        leave_out(release, page, "So.", legal)
    if faults := lifecycle.prepare(release, legal):
        raise AssertionError(faults)
    lifecycle.schedule(release, legal)
    return release


def main() -> None:
    """Make due releases live, and die at the moment that the command line names."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from .database import use

    setup_test_environment(debug=False)
    database, moment = sys.argv[1:]
    use(database)
    name, times = MOMENTS[moment]
    with patch(name, dying(name, times)):
        call_command("publish_scheduled")


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    main()

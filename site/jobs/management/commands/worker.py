"""`manage.py worker`: do what time brings and what can wait, once, on any number of machines."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jobs.worker import Worker


class Command(BaseCommand):
    """Works until it is told to stop."""

    help = (
        "Run the jobs that are due and the tasks that wait, such as mails to be sent, until it is stopped "
        "by TERM or Ctrl-C. Run one on each machine, or several: each job is done once. What a worker was at "
        "when it was killed is done again by another."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --once."""
        parser.add_argument("--once", action="store_true", help="do what is due and what waits now, and end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        worker = Worker()
        if options["once"]:
            worker.run_once()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_given: worker.stop())
        self.stdout.write(f"The worker {worker.name} runs.")
        worker.run()

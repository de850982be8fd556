"""Asks other sites whether the links to them still lead somewhere."""

from typing import Any

from django.core.management.base import BaseCommand

from therapies.outside_links import conf
from therapies.outside_links.checking import check


class Command(BaseCommand):
    """Checks a night's share of the links to other sites."""

    help = "Asks other sites about the links to them: at most OUTSIDE_LINKS_PER_NIGHT, none unless it is set."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check them, and say how many."""
        if not conf.per_night():
            self.stdout.write("No link is asked about: OUTSIDE_LINKS_PER_NIGHT is 0.")
            return
        self.stdout.write(f"{check()} links to other sites were asked about.")

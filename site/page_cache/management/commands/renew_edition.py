"""Starts a new edition, after a change that no signal told of."""

from typing import Any

from django.core.management.base import BaseCommand

from region_gate import snapshot


class Command(BaseCommand):
    """Starts a new edition: every page is made anew."""

    help = "Has every page made anew, after a change by SQL or by `update` on Wagtail's own models."

    def handle(self, *args: Any, **options: Any) -> None:
        """Start it."""
        snapshot.invalidate()
        self.stdout.write("Every page is made anew from now on.")

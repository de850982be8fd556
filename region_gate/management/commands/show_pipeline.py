"""`manage.py show_pipeline`: print the path of publication."""

from typing import Any

from django.core.management.base import BaseCommand

from region_gate.pipeline import steps


class Command(BaseCommand):
    """Prints each step: its event, its stage, the function, the models it is for."""

    help = "Print which steps run, in which order, when something is saved, moved, published or deleted."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the steps in their order."""
        for step in steps():
            self.stdout.write(str(step))

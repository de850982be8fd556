"""`manage.py publish_scheduled`: also the releases that are due, each as a whole, before single things."""

from collections.abc import Iterator

from review.releases.schedule import make_due_live
from therapies.management.commands import publish_scheduled


class Command(publish_scheduled.Command):
    """Publishes what is due; a release that is refused fails as a whole, and says why."""

    def publish_due(self) -> Iterator[str]:
        """Make due releases live, then publish single things; give the reasons of what is refused."""
        yield from make_due_live()
        yield from super().publish_due()

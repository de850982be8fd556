"""The sign of life of a worker."""

from django.db import models


class WorkerBeat(models.Model):
    """A worker that runs: it counts on while it lives, so that others need not trust anybody's clock."""

    id = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        """Return the worker's name."""
        return self.id

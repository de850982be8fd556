"""What is remembered of attempts to sign in: never a name or an address, only their keyed hashes."""

from datetime import datetime

from django.conf import settings
from django.db import models


class Pause(models.Model):
    """How often something was tried in vain, and until when it is not tried again."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.failures}"

    def seconds(self, now: datetime) -> float:
        """Return how long the pause lasts from `now` on; nothing or less when it is over."""
        return (self.until - now).total_seconds()


class KnownAddress(models.Model):
    """An address from which a person has signed in: what others try in vain does not slow them there."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    address = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "address"], name="known_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.address[:8]}"

"""The moments at which something is due: every so many minutes, or at a time of the site's day.

Pure: plain values, and no clock. Both kinds answer for any clock whatever: the moments before one now
are the same, whether the clock came there by itself or was put there.

Why not APScheduler's or another library's cron: over a change of the clocks APScheduler 3.11 leaves out
the midnight after it, and comes to a stand in the hour that the night has twice.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


class Moments(Protocol):
    """Says when something is due; all moments are aware, and in UTC."""

    # Whether what has never been done is due at once, or at the next moment only.
    begins_at_once: bool

    def latest(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Return the latest moment at or before `now`."""
        ...

    def next(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Return the first moment after `now`."""
        ...


@dataclass(frozen=True, slots=True)
class Every:
    """Every so many minutes of the hour, which no change of the clocks touches.

    A divisor of 15 hits every midnight there is: no zone is off UTC by less than a quarter of an hour.
    """

    minutes: int
    begins_at_once = True

    def latest(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Return the latest moment at or before `now`."""
        start = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        return start + (now - start) // self._pause * self._pause

    def next(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Return the first moment after `now`."""
        return self.latest(now, zone) + self._pause

    @property
    def _pause(self) -> timedelta:
        return timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Daily:
    """Once on each of the site's days, at `at` by its clocks.

    Of a time that a day has twice it is the first; a time that a day leaves out comes as much later as
    the clocks were put forward.
    """

    at: time
    begins_at_once = False

    def latest(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Return the latest moment at or before `now`."""
        return max(moment for moment in self._around(now, zone) if moment <= now)

    def next(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Return the first moment after `now`."""
        return min(moment for moment in self._around(now, zone) if moment > now)

    def _around(self, now: datetime, zone: ZoneInfo) -> list[datetime]:
        today = now.astimezone(zone).date()
        return [self._on(today + offset * DAY, zone) for offset in (-2, -1, 0, 1, 2)]

    def _on(self, day: date, zone: ZoneInfo) -> datetime:
        return datetime.combine(day, self.at, zone).astimezone(UTC)

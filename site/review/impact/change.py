"""A change of what is live that has not been made: what it is about, as it is and as it would be."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wagtail.models import TaskState

from home.submission import day_of
from region_gate import clock
from therapies.comparing.text_fields import passages_of

from ..regions import things_in


@dataclass(frozen=True, slots=True)
class PendingChange:
    """A thing `before` (None: not live) and `after` (None: it ends), from the day `on`."""

    before: Any
    after: Any
    on: date

    @property
    def thing(self) -> Any:
        """Return what the change is about."""
        return self.after or self.before

    @property
    def says_the_same(self) -> bool:
        """Say whether the words of both are the same, so that the change is none of words."""
        if not (self.before and self.after):
            return False
        old, new = passages_of(self.before, self.after)
        return [*old] == [*new]


def change_in(state: TaskState) -> PendingChange:
    """Return the change that an approval of `state` would make."""
    stored, sent = things_in(state)
    sent.live = True
    return PendingChange(stored if stored.live else None, sent, day_of(sent.go_live_at))


def ending_of(thing: Any) -> PendingChange:
    """Return the change that taking down `thing`, which is live, would make today."""
    return PendingChange(thing, None, clock.today())

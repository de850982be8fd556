"""Matters past their date, whoever they are for: what *Attention* lists of all regions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import AnonymousUser

from therapies.reports.alerts import Alert, Watch, alerts_of, sources


class Overseer(AnonymousUser):
    """Stands for nobody in particular, who sees whatever needs anybody's attention."""

    is_superuser = True  # type: ignore[assignment] # Django's type says that nobody ever is
    is_active = True  # type: ignore[assignment]

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Say that all is open."""
        return True


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that somebody should have done by `due`."""

    alert: Alert
    kind: str
    due: date

    @property
    def key(self) -> str:
        """Return what stands for it: where it is mended and its date, whatever it is called today.

        Two with the same key, such as a page behind two labels, are one matter: they are mended in one place.
        """
        said = f"{self.kind}|{self.alert.region}|{self.alert.address}|{self.due}"
        return sha256(said.encode()).hexdigest()

    def days_past(self, today: date) -> int:
        """Return how many days its date is past."""
        return (today - self.due).days


def matters_past(today: date) -> Iterator[Matter]:
    """Give whatever is past its date, in the active language."""
    watch = Watch(Overseer(), today)
    for source in sources():
        for alert in alerts_of(source, watch):
            if alert.due and alert.due < today:
                yield Matter(alert, source.kind, alert.due)

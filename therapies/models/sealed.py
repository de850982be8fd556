"""What is kept for good: entries in chains, one for each subject, none ever changed or deleted."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from region_gate.models.append_only import AppendOnlyModel, AppendOnlyQuerySet


class SealedQuerySet(AppendOnlyQuerySet[Any]):
    """Entries, by what is asked of them."""

    def chain(self, subject: int) -> Self:
        """Return the entries about `subject`, the oldest first."""
        return self.filter(subject=subject).order_by("number")

    def newest(self) -> Self:
        """Return the last entry of each chain."""
        later = self.model._default_manager.filter(
            subject=models.OuterRef("subject"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(later))

    def by(self, moment: datetime) -> Self:
        """Return the entries made by `moment` (aware)."""
        return self.filter(since__lte=moment)

    def broken(self, subject: int) -> list[int]:
        """Return the numbers of those entries about `subject` that were tampered with, or follow a gap."""
        return [*_broken(self.chain(subject).iterator(chunk_size=50))]


def _broken(entries: Iterable["SealedEntry"]) -> Iterator[int]:
    number, previous = 0, ""
    for entry in entries:
        is_next = entry.number == number + 1 and entry.previous == previous
        if not (is_next and entry.is_intact):
            yield entry.number
        number, previous = entry.number, entry.sha256


class SealedEntry(AppendOnlyModel):
    """Something that became true of a subject at a moment, and stays so until the next entry says otherwise.

    An entry has no end of its own, so it never needs a change: it ends where the next begins. Each
    seals, with a hash over all its facts, the hash of the one before; an entry that was changed, added
    or taken out later breaks the chain. Nothing here points at another row.
    """

    # Which facts the hash is over, by the fields' names. A field added later is sealed only in entries
    # made since, in which it is not null, or every older one would seem broken.
    SEALED_LATER: ClassVar[tuple[str, ...]] = ()
    SEALED: ClassVar[tuple[str, ...]] = ("subject", "number", "since", "is_live", "previous")

    subject = models.PositiveBigIntegerField(_("subject’s number"))
    number = models.PositiveIntegerField(_("number"))
    since = models.DateTimeField(_("from"), db_index=True)
    is_live = models.BooleanField(_("live"))
    previous = models.CharField(_("hash of the entry before"), max_length=64, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta(AppendOnlyModel.Meta):
        abstract = True
        ordering: ClassVar = ["subject", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "number"], name="%(class)s_number_is_unique")
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Put it on record as the last of its chain. Raises RecordError where it is there already."""
        if self._state.adding:
            self._append()
        super().save(*args, **kwargs)

    def _append(self) -> None:
        chain: SealedQuerySet = SealedQuerySet(type(self)).chain(self.subject)
        last = chain.values_list("number", "sha256").last()
        number, self.previous = last or (0, "")
        self.number = number + 1
        self.sha256 = self.seal()

    @property
    def is_intact(self) -> bool:
        """Say whether the entry still says what it said when it was made."""
        return self.sha256 == self.seal()

    @property
    def sealed_names(self) -> tuple[str, ...]:
        """Return the names of the facts that the hash is over."""
        return (*self.SEALED, *(name for name in self.SEALED_LATER if getattr(self, name) is not None))

    def seal(self) -> str:
        """Return the SHA-256 of the entry's facts, as JSON with sorted keys in UTF-8."""
        facts = {name: self._in_text(name) for name in self.sealed_names}
        text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return sha256(text.encode()).hexdigest()

    def _in_text(self, name: str) -> Any:
        field: models.Field[Any, Any] = next(f for f in self._meta.concrete_fields if f.name == name)
        value = field.to_python(getattr(self, name))
        if isinstance(value, datetime):
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        return value.isoformat() if isinstance(value, date) else value

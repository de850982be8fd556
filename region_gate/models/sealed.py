"""What is kept for good: signed entries in chains, one for each subject, none ever changed or deleted."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from region_gate import conf
from region_gate.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from region_gate.models.late_signature import LateSignature
from region_gate.signatures import Signature


class EntryFault(StrEnum):
    """What is wrong with an entry, as `manage.py check_record` says it."""

    GAP = "an entry before it was taken out, or their order was changed"
    ALTERED = "what it says was changed"
    UNSIGNED = "it has no signature, though it is younger than the key"
    FORGED = "its signature is none of ours"


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
        return [entry.number for entry, _fault in self.faults(subject)]

    def faults(self, subject: int) -> "list[tuple[ChainedEntry, EntryFault]]":
        """Return those entries about `subject` that are not as they were made, each with what is wrong."""
        return [*_faults(self.chain(subject).iterator(chunk_size=50), self.first_signed())]

    def first_signed(self) -> int | None:
        """Return which row of all was signed first, None before there was a key."""
        rows = self.model._default_manager.exclude(signature="").order_by("pk")
        first: int | None = rows.values_list("pk", flat=True).first()
        return first

    def sign_former(self) -> int:
        """Sign the entries from before there was a key, each once; return how many.

        To be called by a person's act alone: a job would sign whatever somebody has written into the rows.
        Chains with a fault are left alone.
        """
        signer = conf.signer()
        if signer is None:
            return 0
        rows = [*self._former().values_list("subject", "number", "sha256")]
        flawed = {late.subject for late in self.forged_late()}
        flawed |= {subject for subject in {row[0] for row in rows} if self.faults(subject)}
        whole = [row for row in rows if row[0] not in flawed]
        for subject, number, seal in whole:
            signed = signer.sign(entry_statement(self.model.CHAIN, subject, number, seal))
            place = {"chain": self.model.CHAIN, "subject": subject, "number": number}
            LateSignature.objects.create(**place, signature=signed.value, key=signed.key)
        return len(whole)

    def _former(self) -> Self:
        """Return the entries from before there was a key that have no signature yet."""
        first = self.first_signed()
        late = LateSignature.objects.filter(
            chain=self.model.CHAIN, subject=models.OuterRef("subject"), number=models.OuterRef("number")
        )
        older = self.filter(pk__lt=first) if first else self
        return older.filter(~models.Exists(late), signature="").order_by("subject", "number")

    def unsigned_ends(self) -> "Iterator[ChainedEntry]":
        """Give the last entries of those chains that were begun before there was a key, if unsigned still."""
        if conf.signer():
            yield from self._former().newest().iterator(chunk_size=50)

    def forged_late(self) -> "Iterator[LateSignature]":
        """Give the late signatures whose entry is not what was signed, or is gone."""
        for late in LateSignature.objects.filter(chain=self.model.CHAIN).iterator(chunk_size=200):
            entry = self.filter(subject=late.subject, number=late.number).first()
            if entry is None or not entry.has_our(Signature(late.key, late.signature)):
                yield late


def _faults(
    entries: "Iterable[ChainedEntry]", first_signed: int | None
) -> "Iterator[tuple[ChainedEntry, EntryFault]]":
    number, previous = 0, ""
    for entry in entries:
        is_next = entry.number == number + 1 and entry.previous == previous
        if fault := entry.fault(first_signed) if is_next else EntryFault.GAP:
            yield entry, fault
        number, previous = entry.number, entry.sha256


class ChainedEntry(AppendOnlyModel):
    """One entry of a chain, each of which seals, with a hash over all its facts, the hash of the one before.

    An entry that was changed, added or taken out later breaks the chain. Where there is a key, it signs
    each hash. Nothing here points at another row.
    """

    CHAIN: ClassVar[str]  # what its subjects are, in one word
    # Which facts the hash is over, by the fields' names. A field added later is sealed only in entries
    # made since, in which it is not null, or every older one would seem broken.
    SEALED_LATER: ClassVar[tuple[str, ...]] = ()
    SEALED: ClassVar[tuple[str, ...]] = ("subject", "number", "previous")

    subject = models.PositiveBigIntegerField(_("subject’s number"))
    number = models.PositiveIntegerField(_("number"))
    previous = models.CharField(_("hash of the entry before"), max_length=64, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    signature = models.CharField(_("signature"), max_length=100, blank=True, default="", db_default="")
    key = models.CharField(_("key"), max_length=64, blank=True, default="", db_default="")

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
        rows = type(self)._base_manager.filter(subject=self.subject).order_by("number")
        self.append(self, rows.values_list("number", "sha256").last())

    @classmethod
    def append(cls, entry: Any, last: tuple[int, str] | None) -> None:
        """Give `entry`, a row of this or of a migration's model, its place after `last`, seal and sign it."""
        number, entry.previous = last or (0, "")
        entry.number = number + 1
        names = [*cls.SEALED, *(name for name in cls.SEALED_LATER if getattr(entry, name) is not None)]
        entry.sha256 = seal_of(facts_of(entry, names))
        if signer := conf.signer():
            place = cls.CHAIN, entry.subject, entry.number, entry.sha256
            signed = signer.sign(entry_statement(*place))
            entry.signature, entry.key = signed.value, signed.key

    @property
    def statement(self) -> str:
        """Return what is signed: which entry it is, and its hash."""
        return entry_statement(self.CHAIN, self.subject, self.number, self.sha256)

    def signature_by(self, moment: datetime) -> Signature:
        """Return what signs it: its own signature, else the late one made by `moment` (aware), if any."""
        if self.signature:
            return Signature(self.key, self.signature)
        return LateSignature.objects.of(self.CHAIN, self.subject, self.number, moment)

    def has_our(self, signature: Signature) -> bool:
        """Say whether `signature` is ours and under this entry, or nobody here has keys."""
        signer = conf.signer()
        return signer is None or signer.verifies(self.statement, signature)

    def fault(self, first_signed: int | None) -> EntryFault | None:
        """Return what is wrong with the entry by itself; rows before `first_signed` are unsigned."""
        if not self.is_intact:
            return EntryFault.ALTERED
        if not self.signature and (first_signed is None or self.pk < first_signed):
            return None
        if not self.signature:
            return EntryFault.UNSIGNED
        return None if self.has_our(Signature(self.key, self.signature)) else EntryFault.FORGED

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
        return seal_of(self.facts)

    @property
    def facts(self) -> str:
        """Return all that the hash is over."""
        return facts_of(self, self.sealed_names)

    def _in_text(self, name: str) -> Any:
        return fact(self, name)


class SealedEntry(ChainedEntry):
    """Something that became true of a subject at a moment, and stays so until the next entry says otherwise.

    An entry has no end of its own, so it never needs a change: it ends where the next begins.
    """

    SEALED: ClassVar[tuple[str, ...]] = (*ChainedEntry.SEALED, "since", "is_live")

    since = models.DateTimeField(_("from"), db_index=True)
    is_live = models.BooleanField(_("live"))

    class Meta(ChainedEntry.Meta):
        abstract = True


def facts_of(entry: models.Model, names: Iterable[str]) -> str:
    """Return the facts of `entry` that `names` names, as JSON with sorted keys: what its hash is over."""
    facts = {name: fact(entry, name) for name in names}
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fact(entry: models.Model, name: str) -> Any:
    """Return the field called `name` of `entry` as JSON has it, a moment in UTC to the microsecond."""
    field: models.Field[Any, Any] = next(f for f in entry._meta.concrete_fields if f.name == name)
    value = field.to_python(getattr(entry, field.attname))
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def seal_of(facts: str) -> str:
    """Return the SHA-256 of `facts`."""
    return sha256(facts.encode()).hexdigest()


def entry_statement(chain: str, subject: int, number: int, seal: str) -> str:
    """Return what is signed of the entry `number` about `subject`, whose hash is `seal`."""
    return f"record entry\n{chain} {subject} {number}\n{seal}\n"

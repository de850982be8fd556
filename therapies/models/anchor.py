"""What the record held at a moment, as one hash over the hashes of all entries since the anchor before."""

import json
from bisect import bisect_left
from datetime import datetime
from functools import cached_property
from hashlib import sha256

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from region_gate.constancy import asked_once
from region_gate.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from region_gate.models.sealed import ChainedEntry, entry_statement
from therapies import merkle

UNTIL = "until "
KEPT = ("number", "statement", "lines", "until", "signature", "key", "time_stamp")  # in the write-once place


class AnchorQuerySet(AppendOnlyQuerySet["Anchor"]):
    """Anchors, by what is asked of them."""

    def over(self, entry: ChainedEntry, known_at: datetime) -> "Anchor | None":
        """Return the anchor, made by `known_at`, that is to have `entry`; None before that is made."""
        known = _ends(known_at)
        place = bisect_left(known, entry.pk, key=lambda end: end[1].get(entry.CHAIN, 0))
        return _numbered(known[place][0]) if place < len(known) else None


@asked_once
def _ends(known_at: datetime) -> list[tuple[int, dict[str, int]]]:
    """Return the number of each anchor and the last row of each chain that it has, the oldest first."""
    return [*Anchor.objects.filter(made_at__lte=known_at).values_list("number", "until")]


@asked_once
def _numbered(number: int) -> "Anchor":
    return Anchor.objects.get(number=number)


class Anchor(AppendOnlyModel):
    """Says of each entry since the anchor before which it was, and its hash: a line each, in `lines`.

    `statement` has the root of the tree over them, the hash of the statement before, and the last row of
    each chain, as `until` has it; it is what is signed, and what the authority stamps.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    statement = models.TextField(_("statement"))
    lines = models.TextField(_("entries"))
    until = models.JSONField(_("until"))
    signature = models.CharField(_("signature"), max_length=100, blank=True)
    key = models.CharField(_("key"), max_length=64, blank=True)
    time_stamp = models.TextField(_("time-stamp"), blank=True)

    objects = AnchorQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        verbose_name = _("anchor of the record")
        verbose_name_plural = _("anchors of the record")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.statement.partition("\n")[0]

    @property
    def entries(self) -> list[str]:
        """Return the line of each entry."""
        return self.lines.split("\n")

    @cached_property
    def leaves(self) -> list[bytes]:
        """Return the leaves of the tree."""
        return [merkle.leaf(statement_of(line)) for line in self.entries]

    @cached_property
    def places(self) -> dict[str, int]:
        """Return where the line of each entry stands."""
        return {line: place for place, line in enumerate(self.entries)}

    @cached_property
    def tree(self) -> list[list[bytes]]:
        """Return the tree over the entries."""
        return merkle.levels(self.leaves)

    @property
    def is_intact(self) -> bool:
        """Say whether the lines are those over which the statement's root is."""
        return root_line(merkle.root(self.leaves)) in self.statement.split("\n")

    def has(self, entry: ChainedEntry) -> bool:
        """Say whether it has `entry`, as that is now."""
        return line_of_entry(entry) in self.places

    @property
    def moment(self) -> datetime:
        """Return when its statement was drawn up. Raises ValueError where that does not say."""
        return datetime.fromisoformat(str(self).rpartition(" of ")[2])

    @property
    def says_until(self) -> bool:
        """Say whether the statement has just `until`; the first ones said nothing of it."""
        told = [line for line in self.statement.split("\n") if line.startswith(UNTIL)]
        return told in ([], [until_line(self.until)])

    @property
    def sha256(self) -> str:
        """Return the hash by which the next anchor names this one."""
        return sha256(self.statement.encode()).hexdigest()

    def path_of(self, entry: ChainedEntry) -> list[str]:
        """Return what leads from `entry`, which it has, to the root, as `merkle.path` does."""
        return merkle.path(self.places[line_of_entry(entry)], self.tree)

    @property
    def as_json(self) -> str:
        """Return the anchor as the write-once place keeps it."""
        return json.dumps({name: getattr(self, name) for name in KEPT}, indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Anchor":
        """Return the anchor that `text` is. Raises ValueError, LookupError or TypeError where it is none."""
        kept = json.loads(text)
        return cls(**{name: kept[name] for name in KEPT})


def line_of(chain: str, subject: int, number: int, seal: str) -> str:
    """Return how an anchor names an entry."""
    return f"{chain} {subject} {number} {seal}"


def line_of_entry(entry: ChainedEntry) -> str:
    """Return how an anchor names `entry`."""
    return line_of(entry.CHAIN, entry.subject, entry.number, entry.sha256)


def statement_of(line: str) -> str:
    """Return what is signed of the entry that `line` names."""
    chain, subject, number, seal = line.split(" ")
    return entry_statement(chain, int(subject), int(number), seal)


def root_line(root: bytes) -> str:
    """Return how a statement names the root."""
    return f"root {root.hex()}"


def until_line(until: dict[str, int]) -> str:
    """Return how a statement names the last row of each chain."""
    return UNTIL + json.dumps(until, sort_keys=True)

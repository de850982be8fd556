"""What is wrong with the entries that a document rests on, so that it says so."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from region_gate.constancy import asked_once
from region_gate.models.sealed import ChainedEntry, EntryFault, SealedQuerySet
from therapies.models import Anchor, Publication

if TYPE_CHECKING:
    from .rendering import Then


def faults_of(then: "Then") -> list[str]:
    """Return what is wrong with what `then` rests on, a sentence each; nothing for nothing."""
    return [*dict.fromkeys(_faults(then))]


def _faults(then: "Then") -> Iterator[str]:
    for entry in then.entries:
        last = then.broken[-1] if then.broken and isinstance(entry, Publication) else entry.number
        for number, fault in chain_faults(type(entry), entry.subject):
            if number <= last:
                yield f"{entry.CHAIN.capitalize()} {entry.subject}, entry {number}: {fault}."
        anchor = Anchor.objects.over(entry, then.known_at)
        if anchor and not anchor.has(entry):
            yield f"{entry.CHAIN.capitalize()} {entry.subject}, entry {entry.number}: not as {anchor} has it."
    for name in sorted(then.missing_files):
        yield f"File {name}: missing or altered."


@asked_once
def chain_faults(model: type[ChainedEntry], subject: int) -> list[tuple[int, EntryFault]]:
    """Return the numbers of those entries about `subject` that have a fault, and which."""
    return [(entry.number, fault) for entry, fault in SealedQuerySet(model).faults(subject)]

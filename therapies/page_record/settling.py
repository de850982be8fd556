"""Puts on record what a text that pages show has become, whenever that is not what the record says."""

from collections.abc import Set
from typing import Any, TypeVar

from region_gate.constancy import moment
from region_gate.models.sealed import SealedEntry
from region_gate.signoff import acting

from .signoff import signed

Entry = TypeVar("Entry", bound=SealedEntry)
# Of an entry, what it does not say of its text.
CHAINED = {"id", "number", "since", "previous", "sha256", "signature", "key", "published_by", "roles"}


def settled(last: Entry | None, entry: Entry | None, circumstances: Set[str]) -> Entry | None:
    """Put `entry` on record after `last`, or that nothing is shown any more where it is None; return it.

    None where the record says so already, but for `circumstances`, the names of further facts.
    """
    if entry is None:
        if last is None or not last.is_live:
            return None
        entry = _ended(last, circumstances)
    if last and _facts(last, entry, circumstances) == _facts(entry, last, circumstances):
        return None
    entry.save()
    return entry


def _ended(last: Entry, circumstances: Set[str]) -> Entry:
    names = {field.attname for field in last._meta.concrete_fields} - CHAINED - circumstances
    said = {name: getattr(last, name) for name in names}
    now = {"is_live": False, "since": moment(), "published_by": acting(), "roles": signed(None)["roles"]}
    return type(last)(**{**said, **now})


def _facts(entry: SealedEntry, other: SealedEntry, circumstances: Set[str]) -> dict[str, Any]:
    """Return the facts of `entry` that `other` has, too: older entries do not know all."""
    known = ({*entry.sealed_names} & {*other.sealed_names}) - CHAINED - circumstances
    return {name: entry._in_text(name) for name in known}

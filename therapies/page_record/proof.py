"""What a document carries for an outsider: the entries it was drawn from, as they were hashed and signed."""

from typing import Any

from region_gate.models.sealed import ChainedEntry
from therapies.anchoring.time_stamps import token_of
from therapies.models import Anchor
from therapies.models.anchor import line_of

from .notices import NoticeThen
from .rendering import Then


def proof(then: Then) -> dict[str, Any]:
    """Return the entries that `then` rests on, each with its facts to the letter, its hash and signature."""
    return {
        "version": 1,
        "entry": _proven(then.entry, then),
        "shown": bool(then.html),
        "labels": [_proven(entry, then) for entry in then.labels],
        "withdrawn": [_proven(entry, then) for entry in then.withdrawn_labels],
        "notices": [_proven(notice.entry, then) for notice in _notices(then) if notice.entry],
    }


def _notices(then: Then) -> list[NoticeThen]:
    """Return the notices that the document tells of."""
    return [] if then.is_withheld else then.notices


def _proven(entry: ChainedEntry, then: Then) -> dict[str, Any]:
    line = line_of(entry.CHAIN, entry.subject, entry.number, entry.sha256)
    anchor = Anchor.objects.of(line, then.known_at)
    return {
        "chain": entry.CHAIN,
        **{name: getattr(entry, name) for name in ("subject", "number", "facts", "sha256")},
        **{name: getattr(entry, name) for name in ("signature", "key")},
        "anchor": _anchored(anchor, line) if anchor else None,
    }


def _anchored(anchor: Anchor, line: str) -> dict[str, Any]:
    told = anchor.proof_of(line)
    return {**told, "time_stamp": token_of(anchor.time_stamp) if anchor.time_stamp else ""}

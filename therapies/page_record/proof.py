"""What a document carries for an outsider: the entries it was drawn from, as they were hashed and signed."""

from collections.abc import Iterable
from typing import Any

from region_gate.models.sealed import ChainedEntry, facts_of, seal_of
from therapies.anchoring.time_stamps import token_of
from therapies.models import Anchor, Publication

from .circumstances import PROOF
from .pages import has_unseen
from .rendering import Then
from .soundness import faults_of


def proof(then: Then) -> dict[str, Any]:
    """Return the entries that `then` rests on, each with its facts to the letter, its hash and signature.

    `anchors` are those that have them, by their numbers; `faults` what was wrong with the record; `decided`
    says whether it had been decided by then what becomes of a page without a label.
    """
    entries = then.entries
    anchors = {anchor.number: anchor for entry in entries if (anchor := _anchor(entry, then))}
    return {
        "version": int(PROOF),
        "shown": bool(then.html),
        "faults": faults_of(then),
        "entry": _proven(then.entry, then),
        "decided": then.choice is not None,
        "choices": _all_proven(then.choices, then),
        "labels": _all_proven(then.labels, then),
        "withdrawn": _all_proven(then.withdrawn_labels, then),
        "statements": _all_proven(then.statements, then),
        "notices": _all_proven(then.notice_entries, then),
        "anchors": {str(number): _told(anchor) for number, anchor in sorted(anchors.items())},
    }


def _all_proven(entries: Iterable[ChainedEntry], then: Then) -> list[dict[str, Any]]:
    return [_proven(entry, then) for entry in entries]


def _proven(entry: ChainedEntry, then: Then) -> dict[str, Any]:
    signature, anchor = entry.signature_by(then.known_at), _anchor(entry, then)
    return {
        "chain": entry.CHAIN,
        **{name: getattr(entry, name) for name in ("subject", "number", "sha256")},
        **_facts(entry),
        "signature": signature.value,
        "key": signature.key,
        "anchor": {"number": anchor.number, "path": anchor.path_of(entry)} if anchor else None,
    }


def _facts(entry: ChainedEntry) -> dict[str, Any]:
    """Return the facts to the letter; of an older page without what colleagues wrote in its drafts.

    Its hash cannot be worked out from these, so an outsider has to take our signature's word for them.
    """
    if not (isinstance(entry, Publication) and has_unseen(entry)):
        return {"facts": entry.facts}
    shown = (name for name in entry.sealed_names if name != "content")
    return {"facts": facts_of(entry, shown), "withheld": {"content": seal_of(entry.content)}}


def _anchor(entry: ChainedEntry, then: Then) -> Anchor | None:
    anchor = Anchor.objects.over(entry, then.known_at)
    return anchor if anchor and anchor.has(entry) else None


def _told(anchor: Anchor) -> dict[str, str]:
    names = ("statement", "signature", "key")
    told = {name: getattr(anchor, name) for name in names}
    return {**told, "time_stamp": token_of(anchor.time_stamp) if anchor.time_stamp else ""}

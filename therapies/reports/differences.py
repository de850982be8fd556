"""How two texts differ, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

# A word, a stretch of white space, or a single mark: a full stop is not part of the word before it.
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
ALIKE = 0.4


class Mark(StrEnum):
    """What became of a phrase."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Phrase(NamedTuple):
    """Words that were kept, removed or added together."""

    mark: Mark
    text: str


def differences(before: str, after: str) -> tuple[Phrase, ...]:
    """Return the phrases that lead from `before` to `after`; one that is kept where the two are the same.

    What is kept and removed, joined, is `before`; what is kept and added, joined, is `after`.
    """
    if before == after:
        return (Phrase(Mark.KEPT, after),) if after else ()
    return tuple(_phrases(_joined(before, after)))


def are_alike(one: str, other: str) -> bool:
    """Say whether two texts are likely versions of one."""
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _joined(before: str, after: str) -> list[tuple[bool, str, str]]:
    """Return (is it a change, old text, new text) for each run; only white space parts no two changes."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    runs: list[tuple[bool, str, str]] = []
    for act, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "".join(old[start:end]), "".join(new[new_start:new_end])
        changed = act != "equal" or (was.isspace() and bool(runs))
        if changed and runs and runs[-1][0]:
            _changed, was_before, now_before = runs.pop()
            was, now = was_before + was, now_before + now
        runs.append((changed, was, now))
    return runs


def _phrases(runs: list[tuple[bool, str, str]]) -> Iterator[Phrase]:
    for changed, was, now in runs:
        marked = [(Mark.REMOVED, was), (Mark.ADDED, now)] if changed else [(Mark.KEPT, was)]
        yield from (Phrase(mark, text) for mark, text in marked if text)

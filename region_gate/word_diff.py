"""How two texts differ, word by word; plain text throughout, so that templates escape what they show."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple

# A word, a stretch of white space, or a single mark: a full stop is not part of the word before it.
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")

Step = tuple[bool, str, str]  # is it a change, the old text, the new text


class Mark(StrEnum):
    """What became of a phrase."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Phrase(NamedTuple):
    """Words that were kept, removed or added together."""

    mark: Mark
    text: str


def differences(old: str, new: str) -> tuple[Phrase, ...]:
    """Return the phrases that lead from `old` to `new`; a single kept one where the two are the same.

    What is kept and removed, joined, is `old`; what is kept and added, joined, is `new`.
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    changed = _steps(before[start : len(before) - end], after[start : len(after) - end])
    head, tail = "".join(before[:start]), "".join(before[len(before) - end :])
    steps = [(False, head, head), *changed, (False, tail, tail)]
    return tuple(_phrases(_joined(step for step in steps if step[1] or step[2])))


def _shared(before: list[str], after: list[str]) -> int:
    """Return with how many tokens both begin."""
    pairs = zip(before, after, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _steps(before: list[str], after: list[str]) -> Iterator[Step]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for act, start, end, new_start, new_end in matcher.get_opcodes():
        yield act != "equal", "".join(before[start:end]), "".join(after[new_start:new_end])


def _joined(steps: Iterable[Step]) -> list[Step]:
    """Join what is alike, and changes that only a space parts, so that a changed phrase reads as one."""
    joined: list[Step] = []
    steps = [*steps]
    for place, (changed, old, new) in enumerate(steps):
        is_between = not changed and old.isspace() and 0 < place < len(steps) - 1
        changed = changed or is_between
        if joined and joined[-1][0] == changed:
            _, old_before, new_before = joined.pop()
            old, new = old_before + old, new_before + new
        joined.append((changed, old, new))
    return joined


def _phrases(steps: Iterable[Step]) -> Iterator[Phrase]:
    for changed, old, new in steps:
        marked = [(Mark.REMOVED, old), (Mark.ADDED, new)] if changed else [(Mark.KEPT, old)]
        yield from (Phrase(mark, text) for mark, text in marked if text)

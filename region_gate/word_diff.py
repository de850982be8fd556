"""How two texts differ, word by word; plain text throughout, so that templates escape what they show."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple, TypeVar

# A word, a stretch of white space, or a single mark: a full stop is not part of the word before it.
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")

Token = TypeVar("Token", bound=Hashable)
# Is it a change, the old tokens, the new ones.
Step = tuple[bool, list[Token], list[Token]]


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
    steps = align(TOKEN.findall(old), TOKEN.findall(new), str.isspace)
    return tuple(_phrases((changed, "".join(before), "".join(after)) for changed, before, after in steps))


def align(before: list[Token], after: list[Token], is_space: Callable[[Token], bool]) -> "list[Step[Token]]":
    """Return the steps that lead from one list of tokens to another, each a stretch kept or changed."""
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    changed = _steps(before[start : len(before) - end], after[start : len(after) - end])
    head, tail = before[:start], before[len(before) - end :]
    steps = [(False, head, head), *changed, (False, tail, tail)]
    return _joined([step for step in steps if step[1] or step[2]], is_space)


def _shared(before: list[Token], after: list[Token]) -> int:
    """Return with how many tokens both begin."""
    pairs = zip(before, after, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _steps(before: list[Token], after: list[Token]) -> "Iterator[Step[Token]]":
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for act, start, end, new_start, new_end in matcher.get_opcodes():
        yield act != "equal", before[start:end], after[new_start:new_end]


def _joined(steps: "list[Step[Token]]", is_space: Callable[[Token], bool]) -> "list[Step[Token]]":
    """Join what is alike, and changes that only a space parts, so that a changed phrase reads as one."""
    joined: list[Step[Token]] = []
    for place, (changed, old, new) in enumerate(steps):
        is_between = not changed and all(map(is_space, old)) and 0 < place < len(steps) - 1
        changed = changed or is_between
        if joined and joined[-1][0] == changed:
            _, old_before, new_before = joined.pop()
            old, new = old_before + old, new_before + new
        joined.append((changed, old, new))
    return joined


def _phrases(steps: Iterable[tuple[bool, str, str]]) -> Iterator[Phrase]:
    for changed, old, new in steps:
        marked = [(Mark.REMOVED, old), (Mark.ADDED, new)] if changed else [(Mark.KEPT, old)]
        yield from (Phrase(mark, text) for mark, text in marked if text)

"""How two texts differ, word by word."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from region_gate.notices.texts import NoticeText

# A word, a stretch of white space, or a single mark: a full stop is not part of the word before it.
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class Mark(StrEnum):
    """What became of a phrase."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that were kept, removed or added together."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class NoticeDifferences:
    """Where a copy of a notice differs from the original; a part that does not differ is empty."""

    heading: tuple[Phrase, ...] = ()
    body: tuple[Phrase, ...] = ()
    continue_label: tuple[Phrase, ...] = ()

    def __bool__(self) -> bool:
        """Say whether any part differs."""
        return bool(self.heading or self.body or self.continue_label)


def compare_notices(original: NoticeText, copy: NoticeText) -> NoticeDifferences:
    """Return where the words of `copy` differ from those of `original`."""
    return NoticeDifferences(
        compare(original.heading, copy.heading),
        compare("\n\n".join(original.paragraphs), "\n\n".join(copy.paragraphs)),
        compare(original.continue_label, copy.continue_label),
    )


def compare(before: str, after: str) -> tuple[Phrase, ...]:
    """Return the phrases that lead from `before` to `after`; none where the two are the same.

    What is kept and removed, joined, is `before`; what is kept and added, joined, is `after`.
    """
    if before == after:
        return ()
    return tuple(_phrases(_joined(_steps(TOKEN.findall(before), TOKEN.findall(after)))))


def _steps(before: list[str], after: list[str]) -> Iterator[tuple[bool, str, str]]:
    """Give (is it a change, old text, new text) for each run of words."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for act, start, end, new_start, new_end in matcher.get_opcodes():
        yield act != "equal", "".join(before[start:end]), "".join(after[new_start:new_end])


def _joined(steps: Iterable[tuple[bool, str, str]]) -> list[tuple[bool, str, str]]:
    """Join changes that only white space parts, so that a changed phrase reads as one."""
    joined: list[tuple[bool, str, str]] = []
    for changed, old, new in steps:
        changed = changed or (old.isspace() and bool(joined))
        if changed and joined and joined[-1][0]:
            _, old_before, new_before = joined.pop()
            old, new = old_before + old, new_before + new
        joined.append((changed, old, new))
    return joined


def _phrases(steps: Iterable[tuple[bool, str, str]]) -> Iterator[Phrase]:
    for changed, old, new in steps:
        marked = [(Mark.REMOVED, old), (Mark.ADDED, new)] if changed else [(Mark.KEPT, old)]
        yield from (Phrase(mark, text) for mark, text in marked if text)

"""Where a copy of a notice differs from the original, part by part and word by word."""

from dataclasses import dataclass

from region_gate.notices.texts import NoticeText
from region_gate.word_diff import Phrase, differences


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
        _changes(original.heading, copy.heading),
        _changes("\n\n".join(original.paragraphs), "\n\n".join(copy.paragraphs)),
        _changes(original.continue_label, copy.continue_label),
    )


def _changes(before: str, after: str) -> tuple[Phrase, ...]:
    return () if before == after else differences(before, after)

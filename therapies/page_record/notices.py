"""The notices of a moment, as whoever keeps them tells the record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from wagtail import hooks

from region_gate.models.sealed import ChainedEntry

# Functions of a moment (aware), a region's code and a language, that give the notices shown then.
NOTICES_HOOK = "register_notices_on_record"


@dataclass(frozen=True, slots=True)
class NoticeThen:
    """A notice as it stood at the crossings out of a page: its words, and whose approval they had."""

    kind: str
    heading: str
    paragraphs: tuple[str, ...]
    continue_label: str
    language: str
    since: datetime
    approved_by: str = ""
    number: int = 0
    entry: ChainedEntry | None = None


def notices_then(moment: datetime, region: str, language: str) -> Iterator[NoticeThen]:
    """Give the notices shown at `moment` on pages of `region` in `language`."""
    for notices in hooks.get_hooks(NOTICES_HOOK):
        yield from notices(moment, region, language)
